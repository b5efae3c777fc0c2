#pragma once
// What a handler answers: plain values. The server adds Date, Server, Content-Length and Connection, drops the body for
// HEAD (keeping its length) and for 204 and 304, which have none (RFC 9110 sections 6.4.1 and 8.6).
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/traffic.hpp"

namespace stele::http {

struct Response {
    int status = 200;
    std::vector<std::pair<std::string, std::string>> headers;
    std::string body;
    Kind kind = 0;  // what it is counted as

    // Replaces every field of that name.
    Response& set(std::string_view name, std::string value);
    // Another field of that name beside those that are there (Set-Cookie, Link).
    Response& add(std::string_view name, std::string value);
    // The first of that name in any case; empty when absent.
    std::string_view header(std::string_view name) const;
};

Response text_response(int status, std::string_view content_type, std::string body);
// 302, 303, 307, 308 with Location.
Response redirect(int status, std::string location);

// "Not Found"; "Unknown" for a number that is not in RFC 9110 or RFC 6585.
std::string_view reason_phrase(int status);

}  // namespace stele::http
