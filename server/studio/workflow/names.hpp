#pragma once
// The names that the templates of notifications and feeds use beside those of all pages (shell.cpp).
#include <string_view>

namespace stele::studio {

inline constexpr std::string_view workflow_names = R"(
    recent others steps to_review unread up_to can_mail no_mail wants_digest feeds feed_since feed_id self updated_iso
    reply_word resolve_word reopen_word post_word new_value new_mistake
)";

}  // namespace stele::studio
