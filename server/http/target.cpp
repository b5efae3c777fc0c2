#include "server/http/target.hpp"

#include <arpa/inet.h>

#include <string>

#include "server/http/characters.hpp"
#include "server/http/percent.hpp"

namespace stele::http {

namespace {

bool is_ipv6(std::string_view literal) {
    in6_addr address;
    // inet_pton stops at a NUL and would not see what follows it.
    for (char c : literal)
        if (!is(hex_character, c) && c != ':' && c != '.') return false;
    return literal.size() < INET6_ADDRSTRLEN && inet_pton(AF_INET6, std::string(literal).c_str(), &address) == 1;
}

bool port_is_valid(std::string_view digits) {
    unsigned port = 0;
    if (digits.size() > 5) return false;
    for (char c : digits) {
        if (c < '0' || c > '9') return false;
        port = port * 10 + static_cast<unsigned>(c - '0');
    }
    return port <= 65535;
}

bool characters_are_sound(std::string_view text, bool in_query) {
    for (char c : text)
        if (!is(path_character, c) && c != '%' && !(in_query && c == '?')) return false;
    return escapes_are_sound(text);
}

// An encoded "/" would give one path two readings, before and after decoding; slugs and keys have none.
bool has_encoded_slash(std::string_view path) {
    return path.find("%2f") != std::string_view::npos || path.find("%2F") != std::string_view::npos;
}

// "." and "..", with any dot written as %2e (RFC 3986 section 5.2.4): resolved by nobody here, so refused.
bool is_dot_segment(std::string_view segment) {
    int dots = 0;
    while (!segment.empty()) {
        if (segment.front() == '.')
            segment.remove_prefix(1);
        else if (segment.starts_with("%2e") || segment.starts_with("%2E"))
            segment.remove_prefix(3);
        else
            return false;
        ++dots;
    }
    return dots == 1 || dots == 2;
}

bool has_dot_segment(std::string_view path) {
    while (true) {
        const auto slash = path.find('/');
        if (is_dot_segment(path.substr(0, slash))) return true;
        if (slash == std::string_view::npos) return false;
        path.remove_prefix(slash + 1);
    }
}

std::optional<Refused> read_origin_form(std::string_view target, Head& head) {
    const auto question = target.find('?');
    head.target = target;
    head.path = target.substr(0, question);
    head.query = question == std::string_view::npos ? std::string_view() : target.substr(question + 1);
    if (!characters_are_sound(head.path, false) || has_encoded_slash(head.path)) return Refused{400, "target"};
    if (!characters_are_sound(head.query, true)) return Refused{400, "target"};
    if (has_dot_segment(head.path)) return Refused{400, "target"};
    return std::nullopt;
}

// "http://host:port/path?query" → host, and the rest as origin-form. An empty path is "/" (RFC 9110 section 4.2.3), for
// OPTIONS it is the server as a whole (RFC 9112 section 3.2.4).
std::optional<Refused> read_absolute_form(std::string_view rest, Head& head) {
    const auto end = rest.find_first_of("/?");
    head.host = rest.substr(0, end);
    if (!host_is_valid(head.host)) return Refused{400, "target"};
    if (end == std::string_view::npos) {
        head.target = head.path = head.method == "OPTIONS" ? "*" : "/";
        return std::nullopt;
    }
    // "http://host?x" has no bytes that could be viewed as "/?x"; nobody sends it.
    if (rest[end] == '?') return Refused{400, "target"};
    return read_origin_form(rest.substr(end), head);
}

}  // namespace

bool host_is_valid(std::string_view authority) {
    std::string_view host;
    std::string_view port;
    if (authority.starts_with('[')) {
        const auto bracket = authority.find(']');
        if (bracket == std::string_view::npos || !is_ipv6(authority.substr(1, bracket - 1))) return false;
        port = authority.substr(bracket + 1);
    } else {
        host = authority.substr(0, authority.find(':'));
        port = authority.substr(host.size());
        if (host.empty() || host.size() > 255 || !escapes_are_sound(host)) return false;
        for (char c : host)
            if (!is(unreserved_character, c) && c != '%') return false;
    }
    return port.empty() || (port.front() == ':' && port_is_valid(port.substr(1)));
}

std::optional<Refused> read_target(std::string_view target, Head& head) {
    constexpr std::string_view scheme = "http://";
    if (target.starts_with('/')) return read_origin_form(target, head);
    if (target == "*" && head.method == "OPTIONS") {
        head.target = head.path = target;
        return std::nullopt;
    }
    if (equal_ignoring_case(target.substr(0, scheme.size()), scheme))
        return read_absolute_form(target.substr(scheme.size()), head);
    // CONNECT asks for a tunnel and names an authority; the method, not the target, is what we do not have.
    if (head.method == "CONNECT" && host_is_valid(target)) return Refused{501, "method"};
    return Refused{400, "target"};
}

}  // namespace stele::http
