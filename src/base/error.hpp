#pragma once
// The one exception that ends a request, and the list of what was wrong with its fields.
//
// Nothing here is text for people: a code and parameters. The text is made at the edge (server/api/problem.cpp), in the
// caller's language, from the catalog keys `error.CODE.title`, `error.CODE.detail` and FieldError::message.
#include <boost/json.hpp>
#include <exception>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace stele {

struct Param {
    std::string name;
    std::variant<std::string, std::int64_t> value;
};
using Params = std::vector<Param>;

// One mistake in the input. `pointer` is an RFC 6901 JSON Pointer into the request ("" = the whole), `message` a
// catalog key such as "field.required".
struct FieldError {
    std::string pointer;
    std::string message;
    Params params;
};
using FieldErrors = std::vector<FieldError>;

// When to throw which, and the status it becomes (the switch is in server/api/problem.cpp).
enum class ErrorCode {
    malformed,           // 400: not JSON, not UTF-8, a NUL, an unusable query parameter or cursor
    unauthenticated,     // 401: needs a token or session and has none that is valid
    forbidden,           // 403: known, but without the permission for this action in this locale
    not_found,           // 404: no such article, locale, page, revision
    method_not_allowed,  // 405
    conflict,          // 409: in the way of the state: publish while incomplete, delete of the source, change of source
    taken,             // 409: a key or slug that another article has
    cursor_expired,    // 410: a list cursor of an order that has been rebuilt since
    version_conflict,  // 412: If-Match names a version that is gone
    too_large,         // 413: a body or a text over its limit
    uri_too_long,      // 414
    unsupported_media,      // 415
    invalid,                // 422: well-formed, with fields that cannot be accepted (FieldErrors say which)
    precondition_required,  // 428: changing what exists needs If-Match
    too_many_requests,      // 429
    headers_too_large,      // 431
    internal,               // 500: a fault of ours; details go to the log only
    not_implemented,        // 501: a transfer coding or method that this server does not know
    overloaded,             // 503: the queue is full; try again
    storage_unavailable,    // 503: the database cannot be reached or written; nothing was changed
    outcome_unknown,        // 503: what became of a COMMIT is not known; read before repeating
    request_timeout,        // 408
};

// "version-conflict": the stable name in `type`, catalog keys and logs.
std::string_view name_of(ErrorCode code);

class Error : public std::exception {
  public:
    // `reason` refines the text: the catalog key is error.CODE.REASON.detail where it is given ("conflict",
    // "publish-incomplete"), and the type becomes urn:stele:REASON.
    explicit Error(ErrorCode code, std::string reason = {}, Params params = {}, FieldErrors fields = {},
                   boost::json::object members = {});

    ErrorCode code() const { return code_; }
    const std::string& reason() const { return reason_; }
    const Params& params() const { return params_; }
    const FieldErrors& fields() const { return fields_; }
    // Extension members of the problem document (RFC 9457 section 3.2): both texts of a conflict, the other article's
    // id.
    const boost::json::object& members() const { return members_; }
    // For the log, never for a client.
    const char* what() const noexcept override { return what_.c_str(); }

  private:
    ErrorCode code_;
    std::string reason_;
    Params params_;
    FieldErrors fields_;
    boost::json::object members_;
    std::string what_;
};

// Throws ErrorCode::invalid when there is anything in the list.
void throw_if_any(FieldErrors errors);

}  // namespace stele
