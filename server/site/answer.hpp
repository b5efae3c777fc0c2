#pragma once
// How the site's answers are kept and asked about again (RFC 9110 section 8.8, RFC 9111).
#include <string>
#include <string_view>

#include "server/app.hpp"
#include "server/delivery/keys.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"

namespace stele::site {

// 16 hexadecimal digits of a hash over the bytes.
std::string hash_of(std::string_view bytes);

// 200 with what a browser may load for it.
http::Response html_response(std::string html);
// The same with a strong tag: `version` (may be empty) and a hash of the body; 304 where If-None-Match has it. Kept,
// but asked about each time: what is published is read at once.
http::Response page_answer(const http::Request& request, std::string html, std::string_view version = {});
// Says that it may be kept for readers until one of the keys is dropped (delivery/keys.hpp).
void keep(const App& app, http::Response& response, delivery::Keys keys);
// The same for what depends on Accept-Language: 302 with Vary.
http::Response negotiated_redirect(const std::string& location);
// 302 or 308 that may change with the next publication.
http::Response moved(int status, const std::string& location);

}  // namespace stele::site
