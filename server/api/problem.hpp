#pragma once
// Faults as RFC 9457 problem details, in the caller's language.
#include "server/app.hpp"
#include "server/http/response.hpp"
#include "src/base/error.hpp"
#include "src/locale/tag.hpp"

namespace stele::api {

int status_of(ErrorCode code);
// "urn:stele:version-conflict": the reason where there is one.
std::string type_of(const Error& error);
std::string title_of(const App& app, const Error& error, const locale::Tag& language);
std::string detail_of(const App& app, const Error& error, const locale::Tag& language);

// application/problem+json: type, title, status, detail, errors, and the error's own members. An error is {pointer,
// detail}; where the FieldError's pointer is "?NAME", {parameter, detail} (of the path or the query), where it is
// "NAME:", {header, detail}. At most 100 of them.
http::Response problem(const App& app, const Error& error, const locale::Tag& language);
// What any answer to this fault carries, page or document: WWW-Authenticate, Retry-After, Cache-Control.
void set_error_headers(http::Response& response, const Error& error);

}  // namespace stele::api
