#pragma once
// What the server listens on: addresses of its own choice, or sockets that systemd opened for it.
#include <sys/types.h>

#include "server/http/sockets.hpp"

namespace stele::http {

using Listener = Poco::Net::ServerSocket;

// A socket that somebody else has bound, or that is shared with another listener.
Listener listener_from(Descriptor descriptor);

class Listeners {
  public:
    // `addresses`: "127.0.0.1:8080", "[::1]:0", "unix:/run/stele/http.sock", several between commas. A unix socket's
    // file gets `unix_mode`; one that a dead server has left is replaced. Throws ListenError.
    Listeners(const std::string& addresses, mode_t unix_mode, std::size_t loops);
    // Sockets that listen already; they are shared by all loops. Throws ListenError where one is no such socket.
    Listeners(std::vector<Descriptor> inherited, std::size_t loops);
    ~Listeners();
    Listeners(const Listeners&) = delete;
    Listeners& operator=(const Listeners&) = delete;

    // Gives up the sockets; the files of unix sockets are removed, unless another server has taken the place.
    void close();

    // For each loop its own descriptors of all of them, not blocking.
    const std::vector<std::vector<Listener>>& per_loop() const { return per_loop_; }
    // Of the first one that has a port; 0 where none has.
    std::uint16_t port() const { return port_; }
    // Where each can be reached: "http://127.0.0.1:8080", "unix:/run/stele/http.sock".
    const std::vector<std::string>& places() const { return places_; }

  private:
    struct File {
        std::string path;
        dev_t device;
        ino_t number;
    };

    void listen_tcp(const std::string& address);
    void listen_unix(const std::string& path, mode_t mode);
    void share(const Listener& listener);

    std::vector<std::vector<Listener>> per_loop_;
    std::uint16_t port_ = 0;
    std::vector<std::string> places_;
    std::vector<File> files_;
};

}  // namespace stele::http
