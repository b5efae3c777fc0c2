#pragma once
// Reading config/content-types/NAME.toml.
#include <string_view>

#include "src/content/content_type.hpp"

namespace stele::content {

// Throws std::runtime_error: "content type news, line 4: …".
ContentType parse_content_type(std::string_view name, std::string_view toml);

}  // namespace stele::content
