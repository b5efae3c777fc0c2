#include "server/http/accept.hpp"

#include "server/http/characters.hpp"
#include "server/http/target.hpp"

namespace stele::http {

namespace {

constexpr std::string_view crlf = "\r\n";

// "HTTP/" DIGIT "." DIGIT, capitals only (RFC 9112 section 2.3).
std::optional<Refused> read_version(std::string_view text, Head& head) {
    const auto digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() != 8 || !text.starts_with("HTTP/") || !digit(text[5]) || text[6] != '.' || !digit(text[7]))
        return Refused{400, "request-line"};
    if (text != "HTTP/1.1" && text != "HTTP/1.0") return Refused{505, "version"};
    head.minor = text[7] - '0';
    return std::nullopt;
}

// method SP request-target SP HTTP-version: single spaces, nothing around them (RFC 9112 section 3).
std::optional<Refused> read_request_line(std::string_view line, Head& head, const HeadLimits& limits) {
    const auto first = line.find(' ');
    const auto last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return Refused{400, "request-line"};
    head.method = line.substr(0, first);
    if (head.method.empty() || !all(token_character, head.method)) return Refused{400, "method"};
    if (auto refused = read_version(line.substr(last + 1), head)) return refused;
    const auto target = line.substr(first + 1, last - first - 1);
    if (target.size() > limits.target_bytes) return Refused{414, "target-length"};
    return read_target(target, head);
}

// field-name ":" OWS field-value OWS; no space before the colon, no folding (RFC 9112 sections 5.1 and 5.2).
std::optional<Refused> read_field(std::string_view line, Head& head) {
    if (line.front() == ' ' || line.front() == '\t') return Refused{400, "folded-field"};
    const auto colon = line.find(':');
    if (colon == std::string_view::npos) return Refused{400, "field"};
    const Field field{line.substr(0, colon), trimmed(line.substr(colon + 1))};
    if (field.name.empty() || !all(token_character, field.name)) return Refused{400, "field-name"};
    if (!all(field_character, field.value)) return Refused{400, "field-value"};
    head.fields.push_back(field);
    return std::nullopt;
}

// What framing, routing and persistence hang on, gathered in one pass over the fields.
struct Gathered {
    int hosts = 0;
    int lengths = 0;
    int codings = 0;       // Transfer-Encoding fields
    int chunked = 0;       // times that "chunked" is named in them
    bool unknown = false;  // another coding is named
    bool chunked_last = false;
    bool plain_chunked = false;  // the field says "chunked" and nothing else
    bool close = false;
    bool keep_alive = false;
    bool expectation = false;
    std::string_view host;
    std::string_view length;
};

void gather_codings(std::string_view value, Gathered& seen) {
    ++seen.codings;
    seen.plain_chunked = equal_ignoring_case(value, "chunked");
    for_each_element(value, [&](std::string_view coding) {
        seen.chunked_last = equal_ignoring_case(coding, "chunked");
        if (seen.chunked_last)
            ++seen.chunked;
        else
            seen.unknown = true;
    });
}

void gather_connection(std::string_view value, Gathered& seen) {
    for_each_element(value, [&](std::string_view option) {
        if (equal_ignoring_case(option, "close")) seen.close = true;
        if (equal_ignoring_case(option, "keep-alive")) seen.keep_alive = true;
    });
}

void gather(const Field& field, Head& head, Gathered& seen) {
    switch (field.name.size()) {
        case 4:
            if (equal_ignoring_case(field.name, "host")) ++seen.hosts, seen.host = field.value;
            break;
        case 6:
            if (!equal_ignoring_case(field.name, "expect")) break;
            if (equal_ignoring_case(field.value, "100-continue"))
                head.expects_continue = true;
            else
                seen.expectation = true;
            break;
        case 10:
            if (equal_ignoring_case(field.name, "connection")) gather_connection(field.value, seen);
            break;
        case 14:
            if (equal_ignoring_case(field.name, "content-length")) ++seen.lengths, seen.length = field.value;
            break;
        case 17:
            if (equal_ignoring_case(field.name, "transfer-encoding")) gather_codings(field.value, seen);
            break;
        default:
            break;
    }
}

// One Host, valid, on HTTP/1.1 (RFC 9112 section 3.2); HTTP/1.0 may do without.
std::optional<Refused> judge_host(const Gathered& seen, Head& head) {
    if (seen.hosts > 1) return Refused{400, "host-repeated"};
    if (seen.hosts == 0 && head.minor == 1) return Refused{400, "host-missing"};
    if (seen.hosts == 1 && !host_is_valid(seen.host)) return Refused{400, "host"};
    if (head.host.empty()) head.host = seen.host;
    return std::nullopt;
}

// Digits only; more of them than any limit needs are a length beyond every limit, not a fault of syntax.
std::optional<Refused> read_length(std::string_view text, Head& head) {
    if (text.empty()) return Refused{400, "content-length"};
    for (char c : text) {
        if (c < '0' || c > '9') return Refused{400, "content-length"};
        if (head.length > (UINT64_MAX - 9) / 10) return Refused{413, "body-length"};
        head.length = head.length * 10 + static_cast<std::uint64_t>(c - '0');
    }
    head.framing = Framing::length;
    return std::nullopt;
}

// RFC 9112 section 6: one way to find the end of the body, or none at all.
std::optional<Refused> judge_framing(const Gathered& seen, Head& head) {
    if (seen.codings > 0) {
        if (head.minor == 0 || seen.lengths > 0) return Refused{400, "framing"};
        if (!seen.chunked_last || seen.chunked > 1) return Refused{400, "transfer-encoding"};
        if (seen.unknown) return Refused{501, "transfer-encoding"};
        // "chunked," and an empty second field mean the same as one "chunked", but nobody honest writes them.
        if (seen.codings > 1 || !seen.plain_chunked) return Refused{400, "transfer-encoding"};
        head.framing = Framing::chunked;
        return std::nullopt;
    }
    if (seen.lengths > 1) return Refused{400, "content-length"};
    if (seen.lengths == 1) return read_length(seen.length, head);
    return std::nullopt;
}

std::optional<Refused> judge(Head& head) {
    Gathered seen;
    for (const auto& field : head.fields) gather(field, head, seen);
    if (auto refused = judge_host(seen, head)) return refused;
    if (auto refused = judge_framing(seen, head)) return refused;
    if (head.minor == 0) head.expects_continue = false;  // RFC 9110 section 10.1.1
    if (seen.expectation && head.minor == 1) return Refused{417, "expectation"};
    head.keep_alive = !seen.close && (head.minor == 1 || seen.keep_alive);
    return std::nullopt;
}

void clear(Head& head) {
    auto fields = std::move(head.fields);
    fields.clear();
    head = Head{};
    head.fields = std::move(fields);
}

}  // namespace

std::string_view Head::header(std::string_view name) const {
    for (const auto& field : fields)
        if (equal_ignoring_case(field.name, name)) return field.value;
    return {};
}

HeadScan find_head_end(std::string_view bytes, std::size_t from) {
    for (auto at = bytes.find('\n', from); at != std::string_view::npos; at = bytes.find('\n', at + 1)) {
        if (at == 0 || bytes[at - 1] != '\r') return {HeadScan::Result::broken};
        if (at >= 2 && bytes[at - 2] == '\n') return {HeadScan::Result::complete, at + 1};
    }
    return {HeadScan::Result::incomplete};
}

std::optional<Refused> accept(std::string_view bytes, Head& head, const HeadLimits& limits) {
    clear(head);
    auto end = bytes.find(crlf);
    if (end == std::string_view::npos) return Refused{400, "request-line"};
    if (auto refused = read_request_line(bytes.substr(0, end), head, limits)) return refused;
    for (auto start = end + 2;; start = end + 2) {
        end = bytes.find(crlf, start);
        if (end == std::string_view::npos) return Refused{400, "field"};
        if (end == start) {
            if (end + 2 != bytes.size()) return Refused{400, "field"};
            return judge(head);
        }
        if (head.fields.size() == limits.fields) return Refused{431, "field-count"};
        if (auto refused = read_field(bytes.substr(start, end - start), head)) return refused;
    }
}

}  // namespace stele::http
