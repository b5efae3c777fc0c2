#include "src/accounts/users.hpp"

#include <algorithm>

#include "src/accounts/links.hpp"
#include "src/accounts/names.hpp"
#include "src/accounts/user_rows.hpp"
#include "src/locale/text.hpp"
#include "src/mail/outbox.hpp"
#include "src/workflow/leaving.hpp"
#include "src/workflow/recent.hpp"

namespace stele::accounts {
namespace {

std::optional<std::string> stored_mail(std::string_view address) {
    if (address.empty()) return std::nullopt;
    std::string lower(address);
    for (char& c : lower)
        if (c >= 'A' && c <= 'Z') c = char(c - 'A' + 'a');
    return lower;
}

std::optional<User> find_named(db::Connection& c, std::string_view name) {
    return c.one("SELECT " USER_COLUMNS " FROM account WHERE name_key = $1", user_from, name_key(name));
}

User read_named(db::Connection& c, std::string_view name) {
    auto user = find_named(c, name);
    if (!user) throw Error(ErrorCode::not_found, "user", {{"name", std::string(name)}});
    return *std::move(user);
}

// Of two who change an account the second reads what the first has made of it.
User hold_named(db::Transaction& t, std::string_view name) {
    t->run("UPDATE account SET grants = grants WHERE name_key = $1", name_key(name));
    return read_named(*t, name);
}

bool is_anothers(db::Connection& c, const std::optional<std::string>& address, std::int64_t but) {
    if (!address) return false;
    const auto other = c.one("SELECT id FROM account WHERE mail = $1", first_integer, *address);
    return other && *other != but;
}

const FieldError name_taken{"/name", "field.name-taken", {}}, mail_taken{"/mail", "field.mail-taken", {}};

FieldErrors taken(db::Connection& c, std::string_view name, const std::optional<std::string>& address) {
    FieldErrors mistakes;
    if (find_named(c, name)) mistakes.push_back(name_taken);
    if (is_anothers(c, address, 0)) mistakes.push_back(mail_taken);
    return mistakes;
}

[[noreturn]] void refuse_as_taken(const std::string& name, FieldErrors mistakes) {
    const auto* reason = mistakes.front().pointer == "/name" ? "user-name" : "user-mail";
    throw Error(ErrorCode::taken, reason, {{"name", name}}, std::move(mistakes));
}

// What only others could give back.
void keep_own(const Actor& by, const User& user, bool administers_still) {
    if (by == user.name && !administers_still) throw Error(ErrorCode::conflict, "own-account");
}

}  // namespace

FieldErrors mail_mistakes(std::string_view address) {
    if (address.empty() || mail::is_address(address)) return {};
    return {{"/mail", "field.mail", {}}};
}

FieldErrors user_mistakes(const Store& store, const NewUser& user) {
    const auto name = locale::nfc(user.name);
    auto mistakes = name_mistakes(name);
    for (auto& mistake : mail_mistakes(user.mail)) mistakes.push_back(std::move(mistake));
    for (auto& mistake : store.db.reading([&](db::Connection& c) { return taken(c, name, stored_mail(user.mail)); }))
        mistakes.push_back(std::move(mistake));
    return mistakes;
}

User create_user(const Store& store, const NewUser& user, const Actor& by) {
    const auto name = locale::nfc(user.name);
    if (!name_mistakes(name).empty() || !mail_mistakes(user.mail).empty()) throw_if_any(user_mistakes(store, user));
    const Time now = store.now();
    const auto address = stored_mail(user.mail);
    return store.db.writing([&](db::Transaction& t) {
        if (auto mistakes = taken(*t, name, address); !mistakes.empty()) refuse_as_taken(name, std::move(mistakes));
        const auto id = t->one(
            "INSERT INTO account (name, name_key, grants, created_at, mail) VALUES ($1, $2, $3, $4, $5) "
            "ON CONFLICT DO NOTHING RETURNING id",
            first_integer, name, name_key(name), stored_grants(user.grants), now, address);
        if (!id) refuse_as_taken(name, {name_taken});  // by somebody at the same moment
        note(t, now, "user-created", by, {{"user", name}, {"grants", stored_grants(user.grants)}});
        workflow::begin_visits(t, *id);
        return find_user(*t, *id).value();
    });
}

void renew_name_keys(db::Database& database) {
    struct Named {
        std::int64_t id;
        std::string name;
        std::optional<std::string> key;
    };
    auto named = database.reading([](db::Connection& c) {
        return c.all("SELECT id, name, name_key FROM account ORDER BY id", [](db::Row row) {
            return Named{row.integer(0), row.text(1), row.optional_bytes(2)};
        });
    });
    std::erase_if(named, [](const Named& one) { return one.key == name_key(one.name).value; });
    if (named.empty()) return;
    database.write([&](db::Transaction& t) {
        for (const auto& one : named)
            t->run(
                "UPDATE account SET name_key = $1 WHERE id = $2 "
                "AND NOT EXISTS (SELECT 1 FROM account other WHERE other.name_key = $1 AND other.id <> $2)",
                name_key(one.name), one.id);
    });
}

std::vector<User> list_users(const Store& store, std::int64_t after, int limit) {
    return store.db.reading([&](db::Connection& c) {
        return c.all("SELECT " USER_COLUMNS " FROM account WHERE id > $1 ORDER BY id LIMIT $2", user_from, after,
                     std::int64_t{limit});
    });
}

std::optional<User> find_user(const Store& store, std::string_view name) {
    return store.db.reading([&](db::Connection& c) { return find_named(c, name); });
}

std::optional<User> find_user(db::Connection& c, std::int64_t id) {
    return c.one("SELECT " USER_COLUMNS " FROM account WHERE id = $1", user_from, id);
}

namespace {

std::vector<User> named_like(db::Connection& c, std::string_view which, const NameQuery& query) {
    const auto begin = name_key(query.q).value, beyond = begin + '\xFF';  // no UTF-8 has this byte
    const auto next = query.after.empty() ? std::string() : name_key(query.after).value + '\0';
    const auto sql = "SELECT " USER_COLUMNS " FROM account WHERE name_key >= $1 AND name_key < $2" +
                     std::string(which) + " ORDER BY name_key LIMIT $3";
    return c.all(sql, user_from, db::Bytes{std::max(begin, next)}, db::Bytes{beyond}, std::int64_t{query.limit});
}

}  // namespace

std::vector<User> list_by_name(const Store& store, const NameQuery& query) {
    return store.db.reading([&](db::Connection& c) { return named_like(c, "", query); });
}

std::vector<User> list_named(db::Connection& c, std::string_view q, std::string_view after, int limit) {
    return named_like(c, " AND disabled_at IS NULL", {std::string(q), std::string(after), limit});
}

std::optional<User> find_user_called(db::Connection& c, std::string_view name_or_mail) {
    if (name_or_mail.find('@') == std::string_view::npos) return find_named(c, name_or_mail);
    return c.one("SELECT " USER_COLUMNS " FROM account WHERE mail = $1", user_from, stored_mail(name_or_mail));
}

std::vector<User> users_who_can(db::Connection& c, Action action, const std::optional<locale::Tag>& locale) {
    auto users = c.all("SELECT " USER_COLUMNS " FROM account WHERE disabled_at IS NULL ORDER BY id", user_from);
    std::erase_if(users, [&](const User& user) { return !can(user.grants, action, locale); });
    return users;
}

std::optional<User> first_administrator(const Store& store) {
    const auto users =
        store.db.reading([](db::Connection& c) { return users_who_can(c, Action::administer, std::nullopt); });
    if (users.empty()) return std::nullopt;
    return users.front();
}

void change_grants(const Store& store, std::string_view name, const Grants& grants, const Actor& by,
                   const std::optional<std::string>& seen) {
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        const auto user = hold_named(t, name);
        if (user.grants == grants) return;
        if (seen && *seen != stored_grants(user.grants)) throw Error(ErrorCode::version_conflict, "grants-moved");
        keep_own(by, user, can(grants, Action::administer, std::nullopt));
        t->run("UPDATE account SET grants = $1 WHERE id = $2", stored_grants(grants), user.id);
        workflow::end_assignments(t, now, user.id, grants, by);
        note(t, now, "user-grants", by,
             {{"user", user.name}, {"grants", stored_grants(grants)}, {"before", stored_grants(user.grants)}});
    });
}

void disable_user(const Store& store, std::string_view name, const Actor& by) {
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        const auto user = read_named(*t, name);
        if (user.disabled_at) throw Error(ErrorCode::not_found, "user", {{"name", user.name}});
        keep_own(by, user, false);
        t->run("UPDATE account SET disabled_at = $1 WHERE id = $2", now, user.id);
        t->run("DELETE FROM session WHERE account_id = $1", user.id);
        end_links(t, user.id);
        if (user.mail) mail::drop_letters_to(t, *user.mail);
        workflow::end_assignments(t, now, user.id, {}, by);
        note(t, now, "user-disabled", by, {{"user", user.name}});
    });
}

void enable_user(const Store& store, std::string_view name, const Actor& by) {
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        const auto user = read_named(*t, name);
        if (!user.disabled_at) return;
        t->run("UPDATE account SET disabled_at = NULL WHERE id = $1", user.id);
        note(t, now, "user-enabled", by, {{"user", user.name}});
    });
}

void set_mail(const Store& store, std::string_view name, std::string_view address, const Actor& by) {
    throw_if_any(mail_mistakes(address));
    const Time now = store.now();
    const auto wanted = stored_mail(address);
    store.db.write([&](db::Transaction& t) {
        const auto user = read_named(*t, name);
        if (user.mail == wanted) return;
        if (is_anothers(*t, wanted, user.id)) throw Error(ErrorCode::taken, "user-mail", {}, {mail_taken});
        t->run("UPDATE account SET mail = $1 WHERE id = $2", wanted, user.id);
        // Whoever reads the old one is not to get in by what was sent there, or read on what is told to this account.
        end_links(t, user.id);
        if (user.mail) mail::drop_letters_to(t, *user.mail);
        note(t, now, "user-mail", by, {{"user", user.name}});
    });
}

void set_interface_locale(const Store& store, std::int64_t user_id, const std::optional<locale::Tag>& tag) {
    store.db.write([&](db::Transaction& t) {
        t->run("UPDATE account SET interface_locale = $1 WHERE id = $2",
               tag ? std::optional(tag->text()) : std::nullopt, user_id);
    });
}

}  // namespace stele::accounts
