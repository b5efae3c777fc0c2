#include "server/http/sockets.hpp"

#include <Poco/Net/StreamSocketImpl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

namespace stele::http {

namespace {

std::optional<Address> address_of(const sockaddr_storage& storage) {
    Address address{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (storage.ss_family == AF_INET)
        std::memcpy(&address[12], &reinterpret_cast<const sockaddr_in&>(storage).sin_addr, 4);
    else if (storage.ss_family == AF_INET6)
        std::memcpy(address.data(), &reinterpret_cast<const sockaddr_in6&>(storage).sin6_addr, address.size());
    else
        return std::nullopt;
    return address;
}

Peer peer_of(const sockaddr_storage& storage) {
    const auto ip = address_of(storage);
    if (!ip) return {.address = "unix", .group = {}, .ip = ip};
    return {.address = to_string(*ip), .group = group_of(*ip), .ip = ip};
}

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
    std::swap(value_, other.value_);
    return *this;
}

Descriptor::~Descriptor() {
    if (value_ >= 0) ::close(value_);
}

PeerSocket::PeerSocket(int descriptor) : StreamSocket(new Poco::Net::StreamSocketImpl(descriptor)) {}

std::optional<Accepted> accept_one(const Poco::Net::ServerSocket& listener, AcceptError& error) {
    while (true) {
        sockaddr_storage storage{};
        socklen_t size = sizeof storage;
        const int descriptor = ::accept4(listener.impl()->sockfd(), reinterpret_cast<sockaddr*>(&storage), &size,
                                         SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor >= 0) return Accepted{PeerSocket(descriptor), peer_of(storage)};
        // A connection that died in the queue is reported here (accept(2)); the next one may be alive.
        if (errno == EINTR || errno == ECONNABORTED || errno == EPROTO) continue;
        error = errno == EAGAIN || errno == EWOULDBLOCK ? AcceptError::none_waiting : AcceptError::no_descriptors;
        return std::nullopt;
    }
}

std::uint64_t raise_descriptor_limit() {
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return 0;
    if (limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
        ::getrlimit(RLIMIT_NOFILE, &limit);
    }
    return limit.rlim_cur;
}

}  // namespace stele::http
