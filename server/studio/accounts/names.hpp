#pragma once
// The names that the templates of signing in, accounts, tokens and the log use beside those of all pages (shell.cpp).
#include <string_view>

namespace stele::studio {

inline constexpr std::string_view account_names = R"(
    by_mail intro mistake_old mistake_password mistake_mail mistake_mail_old mistake_days mistake_name mistake_role mistake_locales has_password
    mail password_since sessions browser address seen created here_now more_than_one grants roles everywhere
    account_name grant_words disabled link link_for until made token_state created_by in_force
    is_own can_end has_sessions kinds kind_word actor_href deleted about grant_words next_href min days
    seen no_people
)";

}  // namespace stele::studio
