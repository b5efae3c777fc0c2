#include "server/http/output.hpp"

#include <fmt/format.h>
#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <cerrno>
#include <stdexcept>

#include "server/http/characters.hpp"

namespace stele::http {

namespace {

// Framing and persistence are the server's alone: a handler that sets them would break the connection.
bool is_ours(std::string_view name) {
    for (std::string_view own : {"Date", "Server", "Connection", "Keep-Alive", "Content-Length", "Transfer-Encoding"})
        if (equal_ignoring_case(name, own)) return true;
    return false;
}

bool has_body(int status) { return status >= 200 && status != 204 && status != 304; }

struct Bytes {
    std::string head;
    std::string body;
};

void append_fields(const Response& response, std::string& head) {
    for (const auto& [name, value] : response.headers) {
        if (is_ours(name)) continue;
        if (name.empty() || !all(token_character, name) || !all(field_character, value))
            throw std::invalid_argument("response header " + name);
        head.append(name).append(": ").append(value).append("\r\n");
    }
}

// Enough for all of it: one allocation.
std::size_t head_bytes(const Response& response) {
    std::size_t bytes = 128;  // status line, Server, Content-Length
    for (const auto& [name, value] : response.headers) bytes += name.size() + value.size() + 4;
    return bytes;
}

}  // namespace

Output serialise(Response response) {
    auto bytes = std::make_shared<Bytes>();
    bytes->head.reserve(head_bytes(response));
    fmt::format_to(std::back_inserter(bytes->head), "HTTP/1.1 {} {}\r\nServer: Stele\r\n", response.status,
                   reason_phrase(response.status));
    append_fields(response, bytes->head);
    if (has_body(response.status)) {
        fmt::format_to(std::back_inserter(bytes->head), "Content-Length: {}\r\n", response.body.size());
        bytes->body = std::move(response.body);
    }
    Output output;
    output.head = bytes->head;
    output.body = bytes->body;
    output.owner = std::move(bytes);
    output.kind = response.kind;
    return output;
}

std::string http_date(std::time_t time) {
    constexpr std::array<std::string_view, 7> days{"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    std::tm utc{};
    gmtime_r(&time, &utc);
    return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(utc.tm_wday)],
                       utc.tm_mday, months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                       utc.tm_min, utc.tm_sec);
}

Sending::Sending(Output output, std::string_view date, std::string_view id, std::string_view connection)
    : output_(std::move(output)) {
    constexpr std::string_view id_field = "X-Request-Id: ", line_end = "\r\n";
    for (const auto part : {date, id_field, id, line_end, connection, line_end}) {
        if (tail_size_ + part.size() > tail_.size()) throw std::length_error("the tail of a response head");
        std::copy(part.begin(), part.end(), tail_.begin() + static_cast<std::ptrdiff_t>(tail_size_));
        tail_size_ += part.size();
    }
}

Sending::Result Sending::send(int descriptor) {
    const std::array<std::string_view, 3> parts{output_.head, std::string_view(tail_.data(), tail_size_), output_.body};
    const auto total = parts[0].size() + parts[1].size() + parts[2].size();
    while (sent_ < total) {
        std::array<iovec, 3> vectors;
        std::size_t count = 0;
        auto skip = sent_;
        for (auto part : parts) {
            const auto skipped = std::min(skip, part.size());
            skip -= skipped;
            part.remove_prefix(skipped);
            if (!part.empty()) vectors[count++] = {const_cast<char*>(part.data()), part.size()};
        }
        msghdr message{};
        message.msg_iov = vectors.data();
        message.msg_iovlen = count;
        // MSG_NOSIGNAL: a peer that is gone is an error of this connection, not a signal to the process.
        const auto taken = ::sendmsg(descriptor, &message, MSG_NOSIGNAL);
        if (taken < 0 && errno == EINTR) continue;
        if (taken < 0) return errno == EAGAIN || errno == EWOULDBLOCK ? Result::blocked : Result::failed;
        sent_ += static_cast<std::size_t>(taken);
    }
    return Result::done;
}

}  // namespace stele::http
