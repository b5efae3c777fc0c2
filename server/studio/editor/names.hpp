#pragma once
// The names that the templates of the editor use beside those of all pages (shell.cpp).
#include <string_view>

namespace stele::studio {

inline constexpr std::string_view editor_names = R"(
    ask_checks
    editor_script editor_style words_html config_html origin outdated_text missing_text source_updated by is_independent source_now review note can_ask can_take_back
    can_decide publish_at unpublish_at will_publish will_unpublish history_href
)";

}  // namespace stele::studio
