#pragma once
// The names that the templates of the frame, the board and the pages around it use beside those of all pages
// (shell.cpp).
#include <string_view>

namespace stele::studio {

inline constexpr std::string_view frame_names = R"(
    shell_script nav bell account_href settings
    cards percent bars x width label_html cells chosen_label columns query_text states assignees people tags act
    can_assign can_fill can_publish can_act results result refused lines looked_far digits weight few_people assignee none find_value in_locales nobody due
    overdue assigned news articles_count languages_count clear can_new summary_line
    entries action actor n from to from_choice to_choice differences differ restore_n can_restore back_href compare
    chain then status is_default served filling leaving position fallback enabled can_change accept steps range rule
    result_language asked change_label save_label add_tag is_open again dismissed undo articles before all all_news
    sign_in_word more asking all_found found_text previous first
)";

}  // namespace stele::studio
