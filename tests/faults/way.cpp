#include "tests/faults/way.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cstring>
#include <stdexcept>
#include <string_view>

namespace stele::testing {
namespace {

// With its end: BEGIN says READ COMMITTED.
constexpr std::string_view commit{"COMMIT\0", 7};

void send_all(int to, std::string_view bytes) {
    while (!bytes.empty()) {
        const auto sent = ::send(to, bytes.data(), bytes.size(), MSG_NOSIGNAL);
        if (sent <= 0) return;
        bytes.remove_prefix(static_cast<size_t>(sent));
    }
}

// Empty at the end of the stream.
std::string_view receive(int from, std::array<char, 65536>& buffer) {
    const auto got = ::recv(from, buffer.data(), buffer.size(), 0);
    return {buffer.data(), got > 0 ? static_cast<size_t>(got) : 0};
}

}  // namespace

Way::Way(std::string socket) : socket_(std::move(socket)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in place{};
    place.sin_family = AF_INET;
    place.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof place;
    auto* address = reinterpret_cast<sockaddr*>(&place);
    if (::bind(listener_, address, size) != 0 || ::listen(listener_, 64) != 0) throw std::runtime_error("listen");
    ::getsockname(listener_, address, &size);
    port_ = ntohs(place.sin_port);
    thread_ = std::thread([this] { run(); });
}

Way::~Way() {
    stopping_ = true;
    ::shutdown(listener_, SHUT_RDWR);  // wakes the thread
    thread_.join();
    for (const auto& pair : pairs_) ::close(pair.client), ::close(pair.server);
    ::close(listener_);
}

std::string Way::url(const std::string& database) const {
    return "postgresql://stele@127.0.0.1:" + std::to_string(port_) + "/" + database;
}

void Way::run() {
    while (!stopping_) {
        std::vector<pollfd> watched{{listener_, POLLIN, 0}};
        for (const auto& pair : pairs_) {
            watched.push_back({pair.client, POLLIN, 0});
            watched.push_back({pair.server, POLLIN, 0});
        }
        ::poll(watched.data(), watched.size(), -1);
        std::vector<Pair> kept;
        for (size_t i = 0; i < pairs_.size(); ++i) {
            auto pair = pairs_[i];
            const bool lives = (!watched[2 * i + 1].revents || carry_question(pair)) &&
                               (!watched[2 * i + 2].revents || carry_answer(pair));
            if (lives)
                kept.push_back(pair);
            else
                ::close(pair.client), ::close(pair.server);
        }
        pairs_.swap(kept);
        if (watched[0].revents && !stopping_) accept_one();
    }
}

void Way::accept_one() {
    sockaddr_un place{};
    place.sun_family = AF_UNIX;
    std::strncpy(place.sun_path, socket_.c_str(), sizeof place.sun_path - 1);
    const int client = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
    if (client < 0) return;
    const int server = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (::connect(server, reinterpret_cast<sockaddr*>(&place), sizeof place) == 0)
        pairs_.push_back({client, server});
    else
        ::close(client), ::close(server);
}

// False when the connection is to end.
bool Way::carry_question(Pair& pair) {
    static thread_local std::array<char, 65536> buffer;
    const auto bytes = receive(pair.client, buffer);
    if (bytes.empty()) return false;
    if (state_ == State::silent) return true;
    if (bytes.find(commit) != std::string_view::npos) {
        if (state_ == State::cut_before_commit) return state_ = State::open, false;
        pair.awaits_commit = state_ == State::cut_after_commit;
    }
    send_all(pair.server, bytes);
    return true;
}

bool Way::carry_answer(Pair& pair) {
    static thread_local std::array<char, 65536> buffer;
    const auto bytes = receive(pair.server, buffer);
    if (bytes.empty()) return false;
    if (state_ == State::silent) return true;
    if (pair.awaits_commit && bytes.find(commit) != std::string_view::npos) return state_ = State::open, false;
    send_all(pair.client, bytes);
    return true;
}

}  // namespace stele::testing
