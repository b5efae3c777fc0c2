#pragma once
#include <string_view>

namespace stele {

inline constexpr std::string_view version = "0.1.0";  // as in CMakeLists.txt; a test compares

}  // namespace stele
