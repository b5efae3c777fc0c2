#pragma once
// Request targets (RFC 9112 section 3.2) and hosts (RFC 3986 section 3.2.2), the parts of accept() that look into them.
#include <optional>
#include <string_view>

#include "server/http/accept.hpp"

namespace stele::http {

// Fills target, path, query and, for absolute-form, host; needs the method.
std::optional<Refused> read_target(std::string_view target, Head& head);

// uri-host [":" port]. Narrower than RFC 3986 by the sub-delims ("a,b", "x;y"), which no resolvable name contains and
// which end up in cache keys and links.
bool host_is_valid(std::string_view authority);

}  // namespace stele::http
