#pragma once
// The names that the templates of the editor use beside those of all pages (shell.cpp).
#include <string_view>

namespace stele::studio {

inline constexpr std::string_view editor_names = R"(
    told told_findings made_by ask_unread unread unread_text first_unread ask_checks ask_review reason ask_action review_step review_open note_entered note_mistake times schedule_open schedule_version
    publish_incomplete incomplete_mistake is_translation said
    editor_script editor_style words_html config_html origin outdated_text missing_text source_updated by is_independent source_now review note can_ask can_take_back
    can_machine confirm next_href saved can_decide will_publish will_unpublish history_href review_left
    offer does help hits has_hits score made_from terms has_terms said findings has_findings mend reason_mistake
    talk_text ask_next publish_next publish_later box
    comments_href may_keep insert_word reason_word dismiss_word none_word
)";

}  // namespace stele::studio
