#pragma once
// The columns of `account` and what they become; private to src/accounts.
#include "src/accounts/users.hpp"
#include "src/db/db.hpp"

#define USER_COLUMNS "id, name, grants, interface_locale, created_at, disabled_at, mail"

namespace stele::accounts {

// `first`: the column where USER_COLUMNS begin.
inline User user_at(db::Row row, int first) {
    User user{.id = row.integer(first),
              .name = row.text(first + 1),
              .grants = grants_from(row.text(first + 2)),
              .created_at = time_of(row.integer(first + 4))};
    if (auto tag = row.optional_text(first + 3)) user.interface_locale = locale::Tag::stored(std::move(*tag));
    if (auto at = row.optional_integer(first + 5)) user.disabled_at = time_of(*at);
    user.mail = row.optional_text(first + 6);
    return user;
}
inline User user_from(db::Row row) { return user_at(row, 0); }

}  // namespace stele::accounts
