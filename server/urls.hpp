#pragma once
// Addresses as they stand in answers.
#include <string>
#include <string_view>

#include "server/app.hpp"
#include "server/http/request.hpp"
#include "src/locale/tag.hpp"

namespace stele {

// "https://example.org", without a slash at the end: the option base_url, else what the request was sent to, by
// the scheme that a trusted proxy says.
std::string base_url_of(const App& app, const http::Request& request);
// "/nb/lillehammer-solidaritetsby"
std::string page_path(const locale::Tag& locale, std::string_view slug);
// The same path and query with `name` set to `value`, whatever it was before.
std::string target_with(const http::Request& request, std::string_view name, std::string_view value);

}  // namespace stele
