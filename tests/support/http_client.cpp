#include "tests/support/http_client.hpp"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>

namespace stele::test {

namespace {

bool same_name(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

[[noreturn]] void fail(std::string_view what) {
    throw std::runtime_error(std::string(what) + ": " + std::strerror(errno));
}

void wait_for(int descriptor, short events, std::chrono::milliseconds timeout, std::string_view what) {
    pollfd entry{descriptor, events, 0};
    const int ready = ::poll(&entry, 1, static_cast<int>(timeout.count()));
    if (ready == 0) throw TimedOut("timed out: " + std::string(what));
    if (ready < 0 && errno != EINTR) fail("poll");
}

std::size_t number(std::string_view text, int base) {
    std::size_t value = 0;
    const auto result = std::from_chars(text.data(), text.data() + text.size(), value, base);
    if (result.ec != std::errc() || result.ptr != text.data() + text.size())
        throw std::runtime_error("not a number in a response: " + std::string(text));
    return value;
}

HttpResponse parse_head(std::string_view head) {
    HttpResponse response;
    const auto line = head.substr(0, head.find("\r\n"));
    if (!line.starts_with("HTTP/1.1 ") || line.size() < 13 || line[12] != ' ')
        throw std::runtime_error("not a status line: " + std::string(line));
    response.status = static_cast<int>(number(line.substr(9, 3), 10));
    head.remove_prefix(line.size() + 2);
    while (!head.empty()) {
        const auto field = head.substr(0, head.find("\r\n"));
        const auto colon = field.find(": ");
        if (colon == std::string_view::npos) throw std::runtime_error("not a field: " + std::string(field));
        response.headers.emplace_back(field.substr(0, colon), field.substr(colon + 2));
        head.remove_prefix(field.size() + 2);
    }
    return response;
}

}  // namespace

std::string_view HttpResponse::header(std::string_view name) const {
    for (const auto& [key, value] : headers)
        if (same_name(key, name)) return value;
    return {};
}

bool HttpResponse::has_header(std::string_view name) const { return !header_values(name).empty(); }

std::vector<std::string> HttpResponse::header_values(std::string_view name) const {
    std::vector<std::string> values;
    for (const auto& [key, value] : headers)
        if (same_name(key, name)) values.push_back(value);
    return values;
}

RawConnection::RawConnection(const std::string& path, Duration timeout) : timeout_(timeout) {
    descriptor_ = ::socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) fail("socket");
    sockaddr_un address{};
    address.sun_family = AF_UNIX;
    path.copy(address.sun_path, sizeof address.sun_path - 1);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(std::exchange(descriptor_, -1));
        fail("connect");
    }
}

RawConnection::RawConnection(std::uint16_t port, Duration timeout) : timeout_(timeout) {
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (descriptor_ < 0) fail("socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
        ::close(std::exchange(descriptor_, -1));
        fail("connect");
    }
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
}

RawConnection::~RawConnection() {
    if (descriptor_ >= 0) ::close(descriptor_);
}

RawConnection::RawConnection(RawConnection&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), timeout_(other.timeout_), buffer_(std::move(other.buffer_)) {}

void RawConnection::send(std::string_view bytes) {
    while (!bytes.empty()) {
        wait_for(descriptor_, POLLOUT, timeout_, "sending");
        const auto sent = ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL | MSG_DONTWAIT);
        if (sent < 0 && (errno == EAGAIN || errno == EINTR)) continue;
        if (sent < 0) fail("send");
        bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
}

void RawConnection::finish_sending() { ::shutdown(descriptor_, SHUT_WR); }

// False at the end of the stream.
bool RawConnection::fill() {
    std::array<char, 16384> chunk;
    wait_for(descriptor_, POLLIN, timeout_, "receiving");
    const auto got = ::recv(descriptor_, chunk.data(), chunk.size(), 0);
    if (got < 0 && errno == ECONNRESET) return false;
    if (got < 0) fail("recv");
    buffer_.append(chunk.data(), static_cast<std::size_t>(got));
    return got > 0;
}

// Up to and without the mark, which is taken too.
std::string RawConnection::take_until(std::string_view mark) {
    std::size_t from = 0;
    while (true) {
        const auto at = buffer_.find(mark, from);
        if (at != std::string::npos) {
            auto part = buffer_.substr(0, at);
            buffer_.erase(0, at + mark.size());
            return part;
        }
        from = buffer_.size() < mark.size() ? 0 : buffer_.size() - mark.size();
        if (!fill()) throw std::runtime_error("the connection ended within a response");
    }
}

std::string RawConnection::take(std::size_t bytes) {
    while (buffer_.size() < bytes)
        if (!fill()) throw std::runtime_error("the connection ended within a body");
    auto part = buffer_.substr(0, bytes);
    buffer_.erase(0, bytes);
    return part;
}

HttpResponse RawConnection::read_response(bool to_head) {
    auto response = parse_head(take_until("\r\n\r\n") + "\r\n");
    if (to_head || response.status < 200 || response.status == 204 || response.status == 304) return response;
    if (response.header("Transfer-Encoding") == "chunked") {
        while (const auto size = number(take_until("\r\n"), 16)) {
            response.body += take(size);
            if (take(2) != "\r\n") throw std::runtime_error("a chunk does not end");
        }
        while (!take_until("\r\n").empty()) continue;
    } else if (response.has_header("Content-Length")) {
        response.body = take(number(response.header("Content-Length"), 10));
    } else {
        response.body = read_all();
    }
    return response;
}

std::string RawConnection::read_all() {
    while (fill()) continue;
    return std::exchange(buffer_, {});
}

bool RawConnection::closed_by_peer() { return buffer_.empty() && !fill(); }

HttpClient::HttpClient(std::uint16_t port, std::chrono::milliseconds timeout) : port_(port), timeout_(timeout) {}

HttpClient& HttpClient::with(std::string name, std::string value) {
    std::erase_if(defaults_, [&](const auto& field) { return same_name(field.first, name); });
    defaults_.emplace_back(std::move(name), std::move(value));
    return *this;
}

HttpResponse HttpClient::request(std::string_view method, std::string_view target, const Headers& headers,
                                 std::string_view body) {
    std::string bytes;
    bytes.append(method).append(" ").append(target).append(" HTTP/1.1\r\n");
    HttpResponse given;  // for its look-up by name
    given.headers = headers;
    const auto add = [&](std::string_view name, std::string_view value) {
        bytes.append(name).append(": ").append(value).append("\r\n");
    };
    if (!given.has_header("Host")) add("Host", "127.0.0.1:" + std::to_string(port_));
    for (const auto& [name, value] : headers) add(name, value);
    for (const auto& [name, value] : defaults_)
        if (!given.has_header(name)) add(name, value);
    const bool usual = method == "POST" || method == "PUT" || method == "PATCH";
    if ((usual || !body.empty()) && !given.has_header("Content-Length"))
        add("Content-Length", std::to_string(body.size()));
    bytes.append("\r\n").append(body);

    // A kept connection may have been closed by the server in the meantime, which shows before a request is sent.
    if (connection_) {
        pollfd entry{connection_->descriptor(), POLLIN, 0};
        if (::poll(&entry, 1, 0) != 0) connection_.reset();
    }
    if (!connection_) connection_.emplace(port_, timeout_);
    auto connection = std::move(*connection_);
    connection_.reset();
    connection.send(bytes);
    auto response = connection.read_response(method == "HEAD");
    while (response.status < 200) response = connection.read_response(method == "HEAD");
    if (response.header("Connection") != "close") connection_.emplace(std::move(connection));
    return response;
}

HttpResponse HttpClient::get(std::string_view target, const Headers& headers) {
    return request("GET", target, headers);
}
HttpResponse HttpClient::post(std::string_view target, std::string_view body, const Headers& headers) {
    return request("POST", target, headers, body);
}
HttpResponse HttpClient::put(std::string_view target, std::string_view body, const Headers& headers) {
    return request("PUT", target, headers, body);
}
HttpResponse HttpClient::patch(std::string_view target, std::string_view body, const Headers& headers) {
    return request("PATCH", target, headers, body);
}
HttpResponse HttpClient::del(std::string_view target, const Headers& headers) {
    return request("DELETE", target, headers);
}

}  // namespace stele::test
