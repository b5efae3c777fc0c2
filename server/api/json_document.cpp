#include "server/api/json_document.hpp"

// The parser's templates; large, so only here.
#include <boost/json/basic_parser_impl.hpp>
#include <boost/json/value_stack.hpp>
#include <charconv>
#include <cmath>
#include <set>

#include "src/base/error.hpp"

namespace stele::api {
namespace {

namespace json = boost::json;
using json::error_code;
using json::string_view;

// Builds the value as boost::json::parser does, and refuses a member that comes twice: of two readers of such a text
// each may take another one (RFC 8259 section 4).
struct Builder {
    static constexpr size_t max_object_size = size_t(-1), max_array_size = size_t(-1);
    static constexpr size_t max_key_size = size_t(-1), max_string_size = size_t(-1);

    json::value_stack stack;
    std::vector<std::set<std::string, std::less<>>> members;
    std::string key;
    std::string number;
    std::string duplicate;

    bool on_document_begin(error_code&) { return true; }
    bool on_document_end(error_code&) { return true; }
    bool on_object_begin(error_code&) {
        members.emplace_back();
        return true;
    }
    bool on_object_end(size_t n, error_code&) {
        members.pop_back();
        stack.push_object(n);
        return true;
    }
    bool on_array_begin(error_code&) { return true; }
    bool on_array_end(size_t n, error_code&) {
        stack.push_array(n);
        return true;
    }
    bool on_key_part(string_view part, size_t, error_code&) {
        key.append(part.data(), part.size());
        stack.push_chars(part);
        return true;
    }
    bool on_key(string_view part, size_t, error_code& ec) {
        key.append(part.data(), part.size());
        if (!members.back().insert(key).second) {
            duplicate = key;
            ec = json::error::exception;
            return false;
        }
        key.clear();
        stack.push_key(part);
        return true;
    }
    bool on_string_part(string_view part, size_t, error_code&) {
        stack.push_chars(part);
        return true;
    }
    bool on_string(string_view part, size_t, error_code&) {
        stack.push_string(part);
        return true;
    }
    bool on_number_part(string_view part, error_code&) {
        number.append(part.data(), part.size());
        return true;
    }
    bool on_int64(std::int64_t n, string_view, error_code&) {
        number.clear();
        stack.push_int64(n);
        return true;
    }
    bool on_uint64(std::uint64_t n, string_view, error_code&) {
        number.clear();
        stack.push_uint64(n);
        return true;
    }
    bool on_double(double n, string_view part, error_code& ec) {
        // Boost's own is the nearest number only almost: written and read again it would drift.
        number.append(part.data(), part.size());
        std::from_chars(number.data(), number.data() + number.size(), n);
        number.clear();
        // Written down again it would be no JSON, and nobody could read what it is part of.
        if (!std::isfinite(n)) {
            ec = json::error::exponent_overflow;
            return false;
        }
        stack.push_double(n);
        return true;
    }
    bool on_bool(bool b, error_code&) {
        stack.push_bool(b);
        return true;
    }
    bool on_null(error_code&) {
        stack.push_null();
        return true;
    }
    bool on_comment_part(string_view, error_code&) { return true; }
    bool on_comment(string_view, error_code&) { return true; }
};

[[noreturn]] void refuse(const error_code& ec, const std::string& duplicate, size_t position) {
    if (!duplicate.empty() || ec == json::error::exception)
        throw Error(ErrorCode::malformed, "json-duplicate", {{"name", duplicate}});
    if (ec == json::error::too_deep)
        throw Error(ErrorCode::malformed, "json-depth", {{"max", std::int64_t{max_depth}}});
    throw Error(ErrorCode::malformed, "json", {{"position", std::int64_t(position)}});
}

bool is_json(std::string_view content_type) {
    const auto end = content_type.find_first_of("; \t");
    auto type = std::string(content_type.substr(0, end));
    for (char& c : type)
        if (c >= 'A' && c <= 'Z') c = char(c + 32);
    return type == "application/json";
}

}  // namespace

json::value parse_json(std::string_view text) {
    json::parse_options options;
    options.max_depth = max_depth;
    json::basic_parser<Builder> parser(options);
    parser.handler().stack.reset();
    error_code ec;
    const size_t read = parser.write_some(false, text.data(), text.size(), ec);
    if (!ec && read < text.size()) ec = json::error::extra_data;
    if (ec) refuse(ec, parser.handler().duplicate, read);
    return parser.handler().stack.release();
}

json::object body_of(const http::Request& request, Body body) {
    if (body == Body::optional && request.body.empty()) return {};
    if (!is_json(request.header("Content-Type"))) throw Error(ErrorCode::unsupported_media, "not-json");
    auto value = parse_json(request.body);
    if (!value.is_object())
        throw Error(ErrorCode::invalid, {}, {}, {{"", "field.type", {{"expected", std::string("object")}}}});
    return std::move(value.as_object());
}

}  // namespace stele::api
