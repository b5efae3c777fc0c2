#pragma once
#include <string>
#include <string_view>

namespace stele::api {

// The description of the API as JSON. Throws std::runtime_error for YAML that has no such form.
std::string json_from_yaml(std::string_view yaml);
// openapi.yaml as it is linked into the binary.
std::string embedded_openapi();

}  // namespace stele::api
