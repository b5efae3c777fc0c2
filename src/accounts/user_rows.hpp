#pragma once
// The columns of `account` and what they become; private to src/accounts.
#include "src/accounts/users.hpp"
#include "src/db/db.hpp"

#define USER_COLUMNS                                                                           \
    "account.id, account.name, account.grants, account.interface_locale, account.created_at, " \
    "account.disabled_at, account.mail, account.password_at"

namespace stele::accounts {

// `first`: the column where USER_COLUMNS begin.
inline User user_at(db::Row row, int first) {
    User user{.id = row.integer(first),
              .name = row.text(first + 1),
              .grants = grants_from(row.text_view(first + 2)),
              .created_at = time_of(row.integer(first + 4))};
    if (auto tag = row.optional_text(first + 3)) user.interface_locale = locale::Tag::stored(std::move(*tag));
    if (auto at = row.optional_integer(first + 5)) user.disabled_at = time_of(*at);
    user.mail = row.optional_text(first + 6);
    if (auto at = row.optional_integer(first + 7)) user.password_at = time_of(*at);
    return user;
}
inline User user_from(db::Row row) { return user_at(row, 0); }
inline std::int64_t first_integer(db::Row row) { return row.integer(0); }

// Absent: unknown, or disabled.
inline std::optional<User> enabled_user(db::Connection& c, std::int64_t id) {
    return c.one("SELECT " USER_COLUMNS " FROM account WHERE id = $1 AND disabled_at IS NULL", user_from, id);
}

}  // namespace stele::accounts
