#pragma once
// The JSON body of a request.
#include <boost/json.hpp>
#include <string_view>

#include "server/http/request.hpp"

namespace stele::api {

inline constexpr size_t max_depth = 32;

// RFC 8259, and stricter where it leaves the choice: valid UTF-8, no member twice, at most max_depth deep. Throws
// malformed with the reason "json" (params: position in bytes), "json-depth" or "json-duplicate" (params: name).
boost::json::value parse_json(std::string_view text);

// The body as an object. Throws unsupported_media unless it is application/json, malformed, invalid (not an object).
// `optional`: no body at all is an empty object.
enum class Body { required, optional };
boost::json::object body_of(const http::Request& request, Body body = Body::required);

}  // namespace stele::api
