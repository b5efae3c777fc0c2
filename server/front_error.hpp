#pragma once
#include <optional>
#include <string_view>

#include "server/app.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/server.hpp"
#include "src/base/error.hpp"

namespace stele {

// Which fault of ours a status of the front is; absent for those that no catalog has words for.
std::optional<ErrorCode> front_code_of(int status);

// Faults that the HTTP front finds before a handler is asked (http/server.hpp, ErrorResponse), as problem documents.
http::Response front_error(const App& app, int status, std::string_view reason, const http::Request* request);

// The same for a server, and as a page for whoever reads in a browser. What it tells those who are too many costs next
// to nothing: it is chosen once for each wording of Accept-Language. `app` outlives it.
http::ErrorResponse front_errors(const App& app);

}  // namespace stele
