#pragma once
// As systemd's end of NOTIFY_SOCKET: what a service says to it.
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <cstddef>
#include <string>

namespace stele::test {

class NotifySocket {
  public:
    // `abstract`: in the kernel's own list of names, where no file is.
    explicit NotifySocket(const std::string& path, bool abstract = false)
        : path_(abstract ? "" : path), socket_(::socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0)) {
        sockaddr_un address{};
        address.sun_family = AF_UNIX;
        path.copy(address.sun_path + (abstract ? 1 : 0), sizeof address.sun_path - 2);
        const auto size = socklen_t(offsetof(sockaddr_un, sun_path) + path.size() + (abstract ? 1 : 0));
        BOOST_REQUIRE(::bind(socket_, reinterpret_cast<sockaddr*>(&address), size) == 0);
    }
    ~NotifySocket() {
        ::close(socket_);
        if (!path_.empty()) ::unlink(path_.c_str());
    }
    NotifySocket(const NotifySocket&) = delete;
    NotifySocket& operator=(const NotifySocket&) = delete;

    // "nothing" when there is none for ten seconds.
    std::string receive() const {
        pollfd ready{socket_, POLLIN, 0};
        if (::poll(&ready, 1, 10'000) != 1) return "nothing";
        char text[256];
        const auto got = ::recv(socket_, text, sizeof text, 0);
        return got < 0 ? "nothing" : std::string(text, size_t(got));
    }

  private:
    std::string path_;
    int socket_;
};

}  // namespace stele::test
