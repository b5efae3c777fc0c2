#pragma once
// The names that the page of the memory uses beside those of all pages (shell.cpp).
#include <string_view>

namespace stele::studio {

inline constexpr std::string_view memory_names = R"(
    memory_pairs pair_source pair_target own_units tmx_units export_href export_label memory_empty can_exchange
    phrase phrase_sources phrase_targets searched any_found found_units unit_source unit_text unit_where unit_href
    source_lang source_dir target_lang target_dir imported_line memory_imports any_imports older_imports
    import_id import_name import_units import_at import_by import_label
)";

}  // namespace stele::studio
