#include "server/cli/systemd.hpp"

#include <fcntl.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdlib>
#include <cstring>

namespace stele::cli {
namespace {

constexpr int first_descriptor = 3;  // SD_LISTEN_FDS_START

std::optional<std::int64_t> number_of(const char* variable) {
    const char* text = std::getenv(variable);
    if (!text) return std::nullopt;
    std::int64_t number = 0;
    const char* end = text + std::strlen(text);
    const auto [stop, error] = std::from_chars(text, end, number);
    if (error != std::errc() || stop != end || number < 0) return std::nullopt;
    return number;
}

}  // namespace

std::vector<int> inherited_sockets() {
    constexpr std::int64_t most = 1024;
    const auto process = number_of("LISTEN_PID"), count = number_of("LISTEN_FDS");
    // Inherited from a parent they were meant for, they are none of ours.
    const bool ours = process == std::int64_t(::getpid()) && count && *count <= most;
    for (const char* name : {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES"}) ::unsetenv(name);
    std::vector<int> sockets;
    for (int n = 0; ours && n < *count; ++n) {
        sockets.push_back(first_descriptor + n);
        ::fcntl(sockets.back(), F_SETFD, FD_CLOEXEC);
    }
    return sockets;
}

Notifier::Notifier() {
    if (const char* path = std::getenv("NOTIFY_SOCKET")) socket_ = path;
    const auto micros = number_of("WATCHDOG_USEC"), process = number_of("WATCHDOG_PID");
    const bool ours = !process || *process == std::int64_t(::getpid());
    if (micros && *micros > 0 && ours) watchdog_ = std::chrono::milliseconds(std::max<std::int64_t>(1, *micros / 2000));
    for (const char* name : {"NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"}) ::unsetenv(name);
}

void Notifier::say(std::string_view state) const {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    // A path, or "@name" of the abstract kind, which has a zero byte in that place (unix(7)).
    const bool usable =
        (socket_.starts_with('/') || socket_.starts_with('@')) && socket_.size() < sizeof address.sun_path;
    if (!usable) return;
    socket_.copy(address.sun_path, socket_.size());
    if (socket_.front() == '@') address.sun_path[0] = '\0';
    const int sender = ::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
    if (sender < 0) return;
    const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + socket_.size());
    ::sendto(sender, state.data(), state.size(), MSG_NOSIGNAL, reinterpret_cast<const sockaddr*>(&address), size);
    ::close(sender);
}

}  // namespace stele::cli
