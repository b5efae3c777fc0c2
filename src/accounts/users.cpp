#include "src/accounts/users.hpp"

#include <algorithm>

#include "src/accounts/user_rows.hpp"
#include "src/locale/text.hpp"

namespace stele::accounts {
namespace {

constexpr size_t max_name_chars = 60;

// A name stands in the history, in lists and on command lines: no spaces, and no ':', which tokens have in theirs.
bool may_stand(unsigned char c) {
    return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' ||
           c == '_' || c == '-';
}

void check_name(std::string_view name) {
    if (name.empty() || !locale::is_utf8(name) || !std::all_of(name.begin(), name.end(), may_stand))
        throw Error(ErrorCode::invalid, {}, {}, {{"/name", "field.user-name", {}}});
    if (locale::count_chars(name) > max_name_chars)
        throw Error(ErrorCode::invalid, {}, {}, {{"/name", "field.too-long", {{"max", std::int64_t{max_name_chars}}}}});
}

}  // namespace

User create_user(const Store& store, const NewUser& user) {
    check_name(user.name);
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        auto created = t->one(
            "INSERT INTO account (name, grants, created_at) VALUES ($1, $2, $3) "
            "ON CONFLICT DO NOTHING RETURNING " USER_COLUMNS,
            user_from, user.name, stored_grants(user.grants), now);
        if (!created) throw Error(ErrorCode::taken, "user-name", {{"name", user.name}});
        return *created;
    });
}

std::vector<User> list_users(const Store& store) {
    return store.db.reading(
        [](db::Connection& c) { return c.all("SELECT " USER_COLUMNS " FROM account ORDER BY id", user_from); });
}

std::optional<User> find_user(const Store& store, std::string_view name) {
    return store.db.reading([&](db::Connection& c) {
        return c.one("SELECT " USER_COLUMNS " FROM account WHERE name = $1", user_from, name);
    });
}

void disable_user(const Store& store, std::string_view name) {
    store.db.write([&](db::Transaction& t) {
        const auto id = t->one(
            "UPDATE account SET disabled_at = $1 WHERE name = $2 AND disabled_at IS NULL RETURNING id",
            [](db::Row row) { return row.integer(0); }, store.now(), name);
        if (!id) throw Error(ErrorCode::not_found, "user", {{"name", std::string(name)}});
        t->run("DELETE FROM session WHERE account_id = $1", *id);
        t->run("DELETE FROM sign_in_link WHERE account_id = $1", *id);
    });
}

void set_interface_locale(const Store& store, std::int64_t user_id, const std::optional<locale::Tag>& tag) {
    store.db.write([&](db::Transaction& t) {
        t->run("UPDATE account SET interface_locale = $1 WHERE id = $2",
               tag ? std::optional(tag->text()) : std::nullopt, user_id);
    });
}

}  // namespace stele::accounts
