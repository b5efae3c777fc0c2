#pragma once
#include <string_view>

#include "server/app.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/server.hpp"

namespace stele {

// Faults that the HTTP front finds before a handler is asked (http/server.hpp, ErrorResponse), as problem documents.
http::Response front_error(const App& app, int status, std::string_view reason, const http::Request* request);

// The same for a server. What it tells those who are too many costs next to nothing: it is written once for each
// wording of Accept-Language. `app` outlives it.
http::ErrorResponse front_errors(const App& app);

}  // namespace stele
