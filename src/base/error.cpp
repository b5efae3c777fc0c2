#include "src/base/error.hpp"

#include <fmt/format.h>

namespace stele {

std::string_view name_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::malformed:
            return "malformed";
        case ErrorCode::unauthenticated:
            return "unauthenticated";
        case ErrorCode::forbidden:
            return "forbidden";
        case ErrorCode::not_found:
            return "not-found";
        case ErrorCode::method_not_allowed:
            return "method-not-allowed";
        case ErrorCode::conflict:
            return "conflict";
        case ErrorCode::taken:
            return "taken";
        case ErrorCode::cursor_expired:
            return "cursor-expired";
        case ErrorCode::version_conflict:
            return "version-conflict";
        case ErrorCode::too_large:
            return "too-large";
        case ErrorCode::uri_too_long:
            return "uri-too-long";
        case ErrorCode::unsupported_media:
            return "unsupported-media";
        case ErrorCode::invalid:
            return "invalid";
        case ErrorCode::precondition_required:
            return "precondition-required";
        case ErrorCode::too_many_requests:
            return "too-many-requests";
        case ErrorCode::headers_too_large:
            return "headers-too-large";
        case ErrorCode::internal:
            return "internal";
        case ErrorCode::not_implemented:
            return "not-implemented";
        case ErrorCode::overloaded:
            return "overloaded";
        case ErrorCode::storage_unavailable:
            return "storage-unavailable";
        case ErrorCode::outcome_unknown:
            return "outcome-unknown";
        case ErrorCode::request_timeout:
            return "request-timeout";
    }
    return "internal";
}

Error::Error(ErrorCode code, std::string reason, Params params, FieldErrors fields, boost::json::object members)
    : code_(code),
      reason_(std::move(reason)),
      params_(std::move(params)),
      fields_(std::move(fields)),
      members_(std::move(members)),
      what_(fmt::format("{}{}{}", name_of(code), reason_.empty() ? "" : ": ", reason_)) {
    for (const auto& p : params_)
        what_ += fmt::format(" {}={}", p.name, std::visit([](const auto& v) { return fmt::format("{}", v); }, p.value));
    for (const auto& f : fields_) what_ += fmt::format(" [{} {}]", f.pointer, f.message);
}

void throw_if_any(FieldErrors errors) {
    if (!errors.empty()) throw Error(ErrorCode::invalid, {}, {}, std::move(errors));
}

}  // namespace stele
