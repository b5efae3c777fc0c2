#pragma once
// The names that the templates of the editor use beside those of all pages (shell.cpp).
#include <string_view>

namespace stele::studio {

inline constexpr std::string_view editor_names = R"(
    editor_script editor_style words_html config_html
)";

}  // namespace stele::studio
