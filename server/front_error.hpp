#pragma once
#include <string_view>

#include "server/app.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace stele {

// Faults that the HTTP front finds before a handler is asked (http/server.hpp, ErrorResponse), as problem documents.
http::Response front_error(const App& app, int status, std::string_view reason, const http::Request* request);

}  // namespace stele
