#pragma once
// Poco's sockets as the loops use them. Poco owns the descriptors and binds; receiving and sending go to the descriptor
// itself, because Poco reports "nothing there yet" and "peer gone" by exceptions, which hostile clients could have us
// throw all day.
#include <Poco/Net/ServerSocket.h>
#include <Poco/Net/SocketAddress.h>
#include <Poco/Net/StreamSocket.h>

#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "server/http/address.hpp"

namespace stele::http {

// The address cannot be listened on: taken ("port in use: 127.0.0.1:8080"), not ours, or not an address.
struct ListenError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// A file descriptor that closes itself.
class Descriptor {
  public:
    explicit Descriptor(int value = -1) : value_(value) {}
    Descriptor(Descriptor&& other) noexcept : value_(std::exchange(other.value_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept;
    ~Descriptor();
    int get() const { return value_; }
    int release() { return std::exchange(value_, -1); }

  private:
    int value_;
};

// The other end of an accepted connection.
struct Peer {
    std::string address;        // "127.0.0.1", an IPv4 address in IPv6 clothes as IPv4; "unix"
    std::string group;          // what limits per address count (group_of); empty: it does not count for one
    std::optional<Address> ip;  // absent for unix sockets
    bool trusted = false;       // a proxy whose word about the client is believed
};

class PeerSocket : public Poco::Net::StreamSocket {
  public:
    explicit PeerSocket(int descriptor);
    int descriptor() const { return impl()->sockfd(); }
};

struct Accepted {
    PeerSocket socket;
    Peer peer;
};
enum class AcceptError { none_waiting, no_descriptors };
// One waiting connection, or why there is none.
std::optional<Accepted> accept_one(const Poco::Net::ServerSocket& listener, AcceptError& error);

// Raises the soft limit of open files to the hard one; returns what the limit is now.
std::uint64_t raise_descriptor_limit();

}  // namespace stele::http
