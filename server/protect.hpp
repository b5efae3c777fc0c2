#pragma once
#include "server/app.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace stele {

// What every answer tells browsers not to do with it, beside what its handler has said already.
void protect(const App& app, const http::Request& request, http::Response& response);

}  // namespace stele
