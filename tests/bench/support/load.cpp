#include "tests/bench/support/load.hpp"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <charconv>
#include <stdexcept>

#include "tests/bench/support/measure.hpp"

namespace stele::bench {
namespace {

constexpr int any = 0;

class Connection {
  public:
    explicit Connection(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("the server does not take a connection");
        const int on = 1;
        ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    }
    ~Connection() { ::close(socket_); }
    Connection(const Connection&) = delete;
    Connection& operator=(const Connection&) = delete;

    int socket() const { return socket_; }

    // Requests are short: they fit into the socket's buffer whole.
    void send(const std::string& request) {
        sent_ = wall_micros();
        answer_.clear();
        wanted_ = 0;
        if (::send(socket_, request.data(), request.size(), MSG_NOSIGNAL) != ssize_t(request.size()))
            throw std::runtime_error("a request could not be sent");
    }

    // Takes what has come; true when the answer is whole.
    bool receive(int status) {
        std::array<char, 65536> chunk;
        const auto got = ::recv(socket_, chunk.data(), chunk.size(), 0);
        if (got <= 0) throw std::runtime_error("the server closed a connection");
        answer_.append(chunk.data(), size_t(got));
        if (wanted_ == 0) wanted_ = whole_length(status);
        return wanted_ != 0 && answer_.size() >= wanted_;
    }
    const std::string& answer() const { return answer_; }
    int status() const { return std::stoi(answer_.substr(9, 3)); }
    double waited() const { return wall_micros() - sent_; }

  private:
    // Of head and body; 0 while the head is not whole.
    size_t whole_length(int status) const {
        constexpr std::string_view field = "\r\nContent-Length: ";
        const auto end = answer_.find("\r\n\r\n");
        if (end == std::string::npos) return 0;
        if (status != any && !answer_.starts_with(fmt::format("HTTP/1.1 {} ", status)))
            throw std::runtime_error(answer_);
        size_t body = 0;
        if (const auto at = answer_.find(field); status != 304 && at < end)
            std::from_chars(answer_.data() + at + field.size(), answer_.data() + end, body);
        return end + 4 + body;
    }

    int socket_;
    double sent_ = 0;
    std::string answer_;
    size_t wanted_ = 0;
};

}  // namespace

Load load(std::uint16_t port, const std::string& request, int status, int connections, double seconds) {
    return load(
        port, [&](int, const std::string&) { return request; }, status, connections, seconds);
}

Load load(std::uint16_t port, const NextRequest& next, int status, int connections, double seconds) {
    std::vector<std::unique_ptr<Connection>> all;
    std::vector<pollfd> entries;
    for (int i = 0; i < connections; ++i) {
        all.push_back(std::make_unique<Connection>(port));
        entries.push_back({all.back()->socket(), POLLIN, 0});
        all.back()->send(next(i, {}));
    }
    Load result;
    const auto begin = wall_micros();
    while (wall_micros() - begin < seconds * 1e6) {
        if (::poll(entries.data(), entries.size(), 1'000) <= 0) throw std::runtime_error("no answer within a second");
        for (size_t i = 0; i < all.size(); ++i) {
            if (!entries[i].revents || !all[i]->receive(status)) continue;
            result.times.push_back(all[i]->waited());
            all[i]->send(next(int(i), all[i]->answer()));
        }
    }
    result.seconds = (wall_micros() - begin) / 1e6;
    return result;
}

void load_at(std::uint16_t port, const NextRequest& next, const Pace& pace,
             const std::function<void(int status, double micros)>& told) {
    std::vector<std::unique_ptr<Connection>> all;
    std::vector<pollfd> entries;
    std::vector<size_t> idle;
    for (int i = 0; i < pace.connections; ++i) {
        all.push_back(std::make_unique<Connection>(port));
        entries.push_back({-1, POLLIN, 0});  // those with a request under way have their socket here
        idle.push_back(size_t(i));
    }
    const auto begin = wall_micros();
    double sent = 0;
    for (double now = 0; now < pace.seconds; now = (wall_micros() - begin) / 1e6) {
        for (; sent < now * pace.per_second && !idle.empty(); ++sent) {
            const auto i = idle.back();
            idle.pop_back();
            all[i]->send(next(int(i), {}));
            entries[i].fd = all[i]->socket();
        }
        if (::poll(entries.data(), entries.size(), 1) <= 0) continue;
        for (size_t i = 0; i < all.size(); ++i) {
            if (!entries[i].revents || !all[i]->receive(any)) continue;
            told(all[i]->status(), all[i]->waited());
            entries[i].fd = -1;
            idle.push_back(i);
        }
    }
}

}  // namespace stele::bench
