#pragma once
// A request as handlers see it: plain values, no socket. Tests make one with request_for().
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "server/http/percent.hpp"

namespace stele::http {

struct Head;

struct Request {
    std::string method;        // as sent; methods are case-sensitive (RFC 9110 section 9.1)
    std::string target;        // origin-form as received, absolute-form reduced to it: "/nb/side?x=1", or "*"
    std::string path;          // decoded once: no NUL, no dot segments, no encoded "/"; not yet checked to be UTF-8
    std::string query_string;  // raw, without "?"
    std::string host;    // "example.org:8080" of the absolute-form target, else of Host; empty on HTTP/1.0 without it
    bool https = false;  // between the client and a trusted proxy; host and peer are the client's then as well
    std::vector<std::pair<std::string, std::string>> headers;  // in order of arrival, values trimmed
    std::string body;                                          // transfer coding removed
    std::string peer;  // the client's address: "127.0.0.1", "2001:db8::1"; "unix" where a unix socket is all there is
    std::string id;    // what this request is called in answers and logs (X-Request-Id)
    std::map<std::string, std::string> params;  // filled from the Router's match

    bool head_only() const { return method == "HEAD"; }

    // The first field of that name in any case; empty when absent.
    std::string_view header(std::string_view name) const;
    bool has_header(std::string_view name) const;
    // All fields of that name as the one list that they mean (RFC 9110 section 5.3), joined by ", ".
    std::string header_list(std::string_view name) const;

    // Decoded, the first of that name; absent is not the same as empty.
    std::optional<std::string> query(std::string_view name) const;
    std::vector<std::string> queries(std::string_view name) const;
    QueryItems query_items() const { return http::query_items(query_string); }

    // A parameter of the matched pattern; empty when the pattern has none of that name.
    const std::string& param(std::string_view name) const;
    // A cookie's value (RFC 6265 section 4.2.1), the first of that name.
    std::optional<std::string> cookie(std::string_view name) const;
};

// The request that an accepted head describes, still without its body. `peer`: the other end of the connection.
Request request_from(const Head& head, std::string peer, std::string id = {});

// For tests and inner calls: throws std::invalid_argument when the server would refuse such a target.
Request request_for(std::string_view method, std::string_view target);

}  // namespace stele::http
