#pragma once
// The one reader of request heads: it splits and judges in the same pass.
//
// There is no second parser below it. Two readers of the same bytes that disagree in one corner are how requests are
// smuggled, and a lenient parser under a strict checker is just such a pair; the grammar of a head is small enough to
// be read whole. What it accepts is a subset of RFC 9112 without any of the allowances that are left to a server's
// mercy.
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "server/http/address.hpp"

namespace stele::http {

struct Field {
    std::string_view name;
    std::string_view value;  // trimmed
};

enum class Framing { none, length, chunked };

// Views into the bytes given to accept(); valid as long as those are.
struct Head {
    std::string_view method;
    std::string_view target;  // origin-form ("/a?b"), or "*"
    std::string_view path;    // raw, escapes sound, no dot segments
    std::string_view query;   // raw, without "?"
    // Of the target when that is absolute (RFC 9112 section 3.2.2), else of Host; or what a trusted proxy says it was.
    std::string_view host;
    std::vector<Field> fields;
    int minor = 1;  // of HTTP/1.x
    Framing framing = Framing::none;
    std::uint64_t length = 0;  // bytes, when framing is `length`
    bool keep_alive = true;
    bool expects_continue = false;

    // Filled by Proxies::believe() alone.
    std::optional<Address> client;  // that a trusted proxy names; absent: the other end of the connection is the client
    bool https = false;             // by which the client reached the first trusted proxy
    std::string_view request_id;    // of the proxy; empty: the server makes one

    std::string_view header(std::string_view name) const;
};

// A protocol fault: a status and a stable name ("host-missing") that serves as ErrorCode reason and in logs.
struct Refused {
    int status;
    std::string_view reason;
    bool operator==(const Refused&) const = default;
};

struct HeadLimits {
    std::size_t target_bytes = 8 * 1024;
    std::size_t fields = 100;
};

// Where the head ends (one past the empty line), or not yet, or never: a line that ends without CR is refused at once,
// or its sender would wait for the deadline.
struct HeadScan {
    enum class Result { incomplete, complete, broken } result;
    std::size_t end = 0;
};
// `from`: what an earlier call has seen already without an end.
HeadScan find_head_end(std::string_view bytes, std::size_t from = 0);

// `bytes` is a whole head, with its empty line. Fills `head` (its storage is reused) or says why not; after that `head`
// has no meaning.
std::optional<Refused> accept(std::string_view bytes, Head& head, const HeadLimits& limits = {});

}  // namespace stele::http
