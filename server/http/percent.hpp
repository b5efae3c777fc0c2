#pragma once
// Percent-encoding (RFC 3986 section 2.1) and the query of a form (WHATWG URL, application/x-www-form-urlencoded).
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stele::http {

// Every "%" is followed by two hex digits and none of them makes a NUL.
bool escapes_are_sound(std::string_view text);

// Decoded once. A "%" that is no escape stays as it is, so call escapes_are_sound() on what comes from outside.
std::string percent_decoded(std::string_view text, bool plus_is_space = false);

// A path segment or query value as it may stand in a URL: all but the unreserved characters is escaped.
std::string percent_encoded(std::string_view text);

using QueryItems = std::vector<std::pair<std::string, std::string>>;

// "a=1&b=x+y" → {{"a", "1"}, {"b", "x y"}}, in order; a name without "=" has an empty value.
QueryItems query_items(std::string_view query);

}  // namespace stele::http
