#include "server/api/problem.hpp"

#include <fmt/format.h>

namespace stele::api {
namespace {

// Reasons of faults of ours say how we are built; they are for the log.
bool reason_is_public(const Error& error) { return !error.reason().empty() && error.code() != ErrorCode::internal; }

// "error.CODE.REASON.PART" where the catalog has it, else "error.CODE.PART".
std::string text_of(const App& app, const Error& error, const locale::Tag& language, std::string_view part) {
    const auto name = name_of(error.code());
    auto key = fmt::format("error.{}.{}.{}", name, error.reason(), part);
    if (!reason_is_public(error) || !app.catalog->has(key)) key = fmt::format("error.{}.{}", name, part);
    return app.catalog->text(language, key, error.params());
}

// An answer is not to be longer than what it answers: nobody reads more of them at once.
constexpr size_t max_errors = 100;

// Where the mistake is (problem.hpp): in the body, in a parameter or in a header.
std::pair<std::string_view, std::string_view> place_of(std::string_view pointer) {
    if (pointer.starts_with('?')) return {"parameter", pointer.substr(1)};
    if (!pointer.starts_with('/') && pointer.ends_with(':')) return {"header", pointer.substr(0, pointer.size() - 1)};
    return {"pointer", pointer};
}

boost::json::array errors_of(const App& app, const Error& error, const locale::Tag& language) {
    boost::json::array errors;
    for (const auto& field : error.fields()) {
        if (errors.size() == max_errors) break;
        const auto [kind, name] = place_of(field.pointer);
        errors.push_back(
            boost::json::object{{kind, name}, {"detail", app.catalog->text(language, field.message, field.params)}});
    }
    return errors;
}

// Where the error knows it.
std::int64_t seconds_to_wait(const Error& error) {
    for (const auto& param : error.params())
        if (const auto* seconds = std::get_if<std::int64_t>(&param.value); seconds && param.name == "seconds")
            return *seconds;
    return 1;
}

}  // namespace

int status_of(ErrorCode code) {
    switch (code) {
        case ErrorCode::malformed:
            return 400;
        case ErrorCode::unauthenticated:
            return 401;
        case ErrorCode::forbidden:
            return 403;
        case ErrorCode::not_found:
            return 404;
        case ErrorCode::method_not_allowed:
            return 405;
        case ErrorCode::request_timeout:
            return 408;
        case ErrorCode::conflict:
        case ErrorCode::taken:
            return 409;
        case ErrorCode::cursor_expired:
            return 410;
        case ErrorCode::version_conflict:
            return 412;
        case ErrorCode::too_large:
            return 413;
        case ErrorCode::uri_too_long:
            return 414;
        case ErrorCode::unsupported_media:
            return 415;
        case ErrorCode::invalid:
            return 422;
        case ErrorCode::precondition_required:
            return 428;
        case ErrorCode::too_many_requests:
            return 429;
        case ErrorCode::headers_too_large:
            return 431;
        case ErrorCode::internal:
            return 500;
        case ErrorCode::not_implemented:
            return 501;
        case ErrorCode::overloaded:
        case ErrorCode::storage_unavailable:
        case ErrorCode::outcome_unknown:
            return 503;
    }
    return 500;
}

std::string type_of(const Error& error) {
    return fmt::format("urn:stele:{}", reason_is_public(error) ? error.reason() : std::string(name_of(error.code())));
}

std::string title_of(const App& app, const Error& error, const locale::Tag& language) {
    return text_of(app, error, language, "title");
}

std::string detail_of(const App& app, const Error& error, const locale::Tag& language) {
    return text_of(app, error, language, "detail");
}

void set_error_headers(http::Response& response, const Error& error) {
    response.set("Cache-Control", "no-store");
    if (error.code() == ErrorCode::unauthenticated)
        response.set("WWW-Authenticate", error.reason() == "invalid-token"
                                             ? R"(Bearer realm="Stele", error="invalid_token")"
                                             : R"(Bearer realm="Stele")");
    // An unknown outcome is left out: repeating is just what its reader should not do unasked.
    if (error.code() == ErrorCode::overloaded || error.code() == ErrorCode::storage_unavailable ||
        error.code() == ErrorCode::too_many_requests)
        response.set("Retry-After", std::to_string(seconds_to_wait(error)));
}

http::Response problem(const App& app, const Error& error, const locale::Tag& language) {
    const int status = status_of(error.code());
    boost::json::object document{{"type", type_of(error)},
                                 {"title", title_of(app, error, language)},
                                 {"status", status},
                                 {"detail", detail_of(app, error, language)}};
    if (!error.fields().empty()) document["errors"] = errors_of(app, error, language);
    for (const auto& [name, value] : error.members()) document.insert_or_assign(name, value);
    auto response = http::text_response(status, "application/problem+json", boost::json::serialize(document));
    response.set("Content-Language", app.catalog->interface_tag(language).text());
    response.set("Vary", "Accept-Language");
    set_error_headers(response, error);
    return response;
}

}  // namespace stele::api
