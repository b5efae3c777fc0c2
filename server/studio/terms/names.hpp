#pragma once
// The names that the templates of the glossary use beside those of all pages (shell.cpp).
#include <string_view>

namespace stele::studio {

inline constexpr std::string_view term_names = R"(
    sources targets query_text untranslated can_add new_href export_href part note texts forbidden undo
    can_edit can_say can_save term_text term_part term_note said_texts said_keep said_forbidden said_note
    term_mistake texts_mistake forbidden_mistake note_mistake part_mistake said_note_mistake back_href target_word
    stale said_lang said_dir term_lang term_dir source_tag target_tag is_new was_text was_part was_note was_said
    term_theirs part_theirs note_theirs said_theirs import_action import_mistakes import_hint chosen value results_line
)";

}  // namespace stele::studio
