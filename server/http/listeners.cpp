#include "server/http/listeners.hpp"

#include <Poco/Net/NetException.h>
#include <Poco/Net/StreamSocketImpl.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <system_error>

#include "server/http/characters.hpp"

namespace stele::http {

namespace {

constexpr int backlog = 1024;  // the kernel caps it at net.core.somaxconn
constexpr std::string_view unix_scheme = "unix:";

class Adopted : public Listener {
  public:
    explicit Adopted(int descriptor) : ServerSocket(new Poco::Net::StreamSocketImpl(descriptor), true) {}
};

[[noreturn]] void fail(const std::string& address, const std::string& why) {
    throw ListenError("cannot listen on " + address + ": " + why);
}

[[noreturn]] void fail_by_errno(const std::string& address) { fail(address, std::generic_category().message(errno)); }

// "127.0.0.1" of what means every address: there it can be reached from here.
std::string place_of(const Poco::Net::SocketAddress& address) {
    auto shown = address;
    if (address.host().isWildcard()) shown = Poco::Net::SocketAddress("127.0.0.1", address.port());
    return "http://" + shown.toString();
}

Listener bound(const Poco::Net::SocketAddress& address, bool reuse_port) {
    Listener socket;
    // SO_REUSEADDR in both: connections of a former process in TIME_WAIT do not hold the port.
    socket.bind(address, true, reuse_port);
    socket.listen(backlog);
    return socket;
}

sockaddr_un unix_address(const std::string& path) {
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    if (path.empty() || path.size() >= sizeof address.sun_path)
        fail("unix:" + path, "a path of 1 to " + std::to_string(sizeof address.sun_path - 1) + " bytes is needed");
    std::memcpy(address.sun_path, path.data(), path.size());
    return address;
}

Descriptor unix_socket() {
    Descriptor made(::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
    if (made.get() < 0) fail_by_errno("a unix socket");
    return made;
}

bool bind_to(const Descriptor& socket, const sockaddr_un& address) {
    return ::bind(socket.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
}

// A socket whose server is gone refuses connections (unix(7)); anything else that has the name is not ours to remove.
void remove_stale(const std::string& path, const sockaddr_un& address) {
    struct stat found {};
    if (::lstat(path.c_str(), &found) != 0 || !S_ISSOCK(found.st_mode)) fail("unix:" + path, "the file exists");
    const auto probe = unix_socket();
    if (::connect(probe.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0 ||
        errno != ECONNREFUSED)
        throw ListenError("socket in use: unix:" + path);
    ::unlink(path.c_str());
}

bool listens(int descriptor) {
    int type = 0, accepts = 0;
    socklen_t size = sizeof type;
    if (::getsockopt(descriptor, SOL_SOCKET, SO_TYPE, &type, &size) != 0 || type != SOCK_STREAM) return false;
    size = sizeof accepts;
    return ::getsockopt(descriptor, SOL_SOCKET, SO_ACCEPTCONN, &accepts, &size) == 0 && accepts != 0;
}

std::string unix_path_of(int descriptor) {
    sockaddr_un address{};
    socklen_t size = sizeof address;
    if (::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size) != 0) return {};
    return address.sun_family == AF_UNIX ? std::string(address.sun_path) : std::string();
}

}  // namespace

Listener listener_from(Descriptor descriptor) { return Adopted(descriptor.release()); }

Listeners::Listeners(const std::string& addresses, mode_t unix_mode, std::size_t loops) : per_loop_(loops) {
    try {
        for_each_element(addresses, [&](std::string_view address) {
            if (address.starts_with(unix_scheme))
                listen_unix(std::string(address.substr(unix_scheme.size())), unix_mode);
            else
                listen_tcp(std::string(address));
        });
        if (places_.empty()) fail("nothing", "no address is given");
    } catch (...) {
        close();
        throw;
    }
}

Listeners::Listeners(std::vector<Descriptor> inherited, std::size_t loops) : per_loop_(loops) {
    for (auto& descriptor : inherited) {
        const auto name = "descriptor " + std::to_string(descriptor.get());
        if (!listens(descriptor.get())) fail(name, "it is no listening stream socket");
        const auto path = unix_path_of(descriptor.get());
        auto listener = listener_from(std::move(descriptor));
        if (path.empty()) {
            listener.setNoDelay(true);
            places_.push_back(place_of(listener.address()));
            if (port_ == 0) port_ = listener.address().port();
        } else {
            places_.push_back("unix:" + path);
        }
        share(listener);
    }
}

Listeners::~Listeners() { close(); }

void Listeners::listen_tcp(const std::string& address) try {
    Poco::Net::SocketAddress place(address);
    {
        // Without SO_REUSEPORT first: with it a second server would quietly take half of this one's connections, and
        // port 0 would give every loop a port of its own.
        const auto probe = bound(place, false);
        place = Poco::Net::SocketAddress(place.host(), probe.address().port());
    }
    for (auto& listeners : per_loop_) {
        listeners.push_back(bound(place, true));
        listeners.back().setBlocking(false);
        listeners.back().setNoDelay(true);  // accepted sockets inherit it
    }
    if (port_ == 0) port_ = place.port();
    places_.push_back(place_of(place));
} catch (const Poco::Exception& e) {
    if (e.code() == EADDRINUSE) throw ListenError("port in use: " + address);
    fail(address, e.displayText());
}

void Listeners::listen_unix(const std::string& path, mode_t mode) {
    const auto address = unix_address(path);
    auto socket = unix_socket();
    if (!bind_to(socket, address)) {
        if (errno != EADDRINUSE) fail_by_errno("unix:" + path);
        remove_stale(path, address);
        if (!bind_to(socket, address)) fail_by_errno("unix:" + path);
    }
    struct stat made {};
    if (::lstat(path.c_str(), &made) == 0) files_.push_back({path, made.st_dev, made.st_ino});
    // Before listen(): until then nobody can connect, whatever the mode.
    if (::chmod(path.c_str(), mode) != 0 || ::listen(socket.get(), backlog) != 0) fail_by_errno("unix:" + path);
    places_.push_back("unix:" + path);
    share(listener_from(std::move(socket)));
}

// One socket for all loops: what cannot be bound twice. Each has a descriptor of its own, to close when it ends.
void Listeners::share(const Listener& listener) {
    for (auto& listeners : per_loop_) {
        Descriptor copy(::fcntl(listener.impl()->sockfd(), F_DUPFD_CLOEXEC, 0));
        if (copy.get() < 0) fail_by_errno(places_.back());
        listeners.push_back(listener_from(std::move(copy)));
        listeners.back().setBlocking(false);
    }
}

void Listeners::close() {
    per_loop_.clear();
    for (const auto& file : files_) {
        struct stat found {};
        const bool ours =
            ::lstat(file.path.c_str(), &found) == 0 && found.st_dev == file.device && found.st_ino == file.number;
        if (ours) ::unlink(file.path.c_str());
    }
    files_.clear();
}

}  // namespace stele::http
