#include "src/accounts/links.hpp"

#include "src/accounts/names.hpp"
#include "src/accounts/passwords.hpp"
#include "src/accounts/secrets.hpp"
#include "src/accounts/user_rows.hpp"

namespace stele::accounts {
namespace {

void add_link(db::Transaction& t, std::int64_t account_id, Purpose purpose, const std::string& code, Time now) {
    t->run("INSERT INTO sign_in_link (hash, account_id, expires_at, purpose) VALUES ($1, $2, $3, $4)", hash_of(code),
           account_id, now + lifetime_of(purpose), name_of(purpose));
}

// One statement decides: of two who use the link at once, one gets the row.
std::optional<std::int64_t> use_up(db::Transaction& t, std::string_view code, Time now, bool for_password) {
    return t->one(for_password
                      ? "UPDATE sign_in_link SET used_at = $1 WHERE hash = $2 AND used_at IS NULL AND expires_at > $1 "
                        "AND purpose <> 'sign-in' RETURNING account_id"
                      : "UPDATE sign_in_link SET used_at = $1 WHERE hash = $2 AND used_at IS NULL AND expires_at > $1 "
                        "AND purpose = 'sign-in' RETURNING account_id",
                  first_integer, now, hash_of(code));
}

}  // namespace

void end_links(db::Transaction& t, std::int64_t account_id) {
    t->run("DELETE FROM sign_in_link WHERE account_id = $1", account_id);
    mail::drop_links_of(t, account_id);
}

std::string_view name_of(Purpose purpose) {
    switch (purpose) {
        case Purpose::sign_in:
            return "sign-in";
        case Purpose::invitation:
            return "invitation";
        case Purpose::reset:
            return "reset";
    }
    return "sign-in";
}

std::optional<Purpose> purpose_named(std::string_view name) {
    for (const Purpose purpose : {Purpose::sign_in, Purpose::invitation, Purpose::reset})
        if (name == name_of(purpose)) return purpose;
    return std::nullopt;
}

std::chrono::hours lifetime_of(Purpose purpose) {
    return purpose == Purpose::invitation ? std::chrono::hours(7 * 24) : link_lifetime;
}

std::string create_link(const Store& store, std::string_view name, Purpose purpose, const Actor& by) {
    std::string code = make_secret();
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        const auto id =
            t->one("SELECT id FROM account WHERE name_key = $1 AND disabled_at IS NULL", first_integer, name_key(name));
        if (!id) throw Error(ErrorCode::not_found, "user", {{"name", std::string(name)}});
        add_link(t, *id, purpose, code, now);
        note(t, now, "user-link", by, {{"user", name}, {"purpose", name_of(purpose)}});
    });
    return code;
}

bool send_link(const Store& store, const User& user, Purpose purpose, const mail::Mail& letter, const Actor& by) {
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        if (!mail::enqueue(t, now, letter)) return false;
        note(t, now, "user-link", by, {{"user", user.name}, {"purpose", name_of(purpose)}});
        return true;
    });
}

std::optional<std::string> create_link_of(const Store& store, std::int64_t account_id, Purpose purpose,
                                          std::string_view address) {
    std::string code = make_secret();
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) -> std::optional<std::string> {
        const auto user = enabled_user(*t, account_id);
        if (!user || user->mail != address) return std::nullopt;
        add_link(t, account_id, purpose, code, now);
        return code;
    });
}

std::optional<Opened> redeem_link(const Store& store, std::string_view code, const Visit& visit) {
    const auto session = new_session(visit);
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) -> std::optional<Opened> {
        const auto id = use_up(t, code, now, false);
        if (!id) return std::nullopt;
        const auto user = enabled_user(*t, *id);
        if (!user) return std::nullopt;
        return open_session(t, now, *user, session, "link");
    });
}

std::optional<Invited> find_invited(const Store& store, std::string_view code) {
    const Time now = store.now();
    return store.db.reading([&](db::Connection& c) -> std::optional<Invited> {
        const auto found = c.one(
            "SELECT account_id, purpose FROM sign_in_link "
            "WHERE hash = $1 AND used_at IS NULL AND expires_at > $2 AND purpose <> 'sign-in'",
            [](db::Row row) { return std::pair(row.integer(0), row.text(1)); }, hash_of(code), now);
        if (!found) return std::nullopt;
        auto user = enabled_user(c, found->first);
        const auto purpose = purpose_named(found->second);
        if (!user || !purpose) return std::nullopt;
        return Invited{.user = *std::move(user), .purpose = *purpose};
    });
}

std::optional<Opened> redeem_invitation(const Store& store, std::string_view code, std::string_view password,
                                        const Visit& visit) {
    // Whoever has no such link is not to make the server compute hashes.
    const auto invited = find_invited(store, code);
    if (!invited) return std::nullopt;
    throw_if_any(password_mistakes(password, invited->user.name, "/password"));
    const auto hash = hash_of_password(password, HashingPlace());
    const auto session = new_session(visit);
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) -> std::optional<Opened> {
        const auto id = use_up(t, code, now, true);
        if (!id || !enabled_user(*t, *id)) return std::nullopt;
        t->run("UPDATE account SET password = $1, password_at = $2 WHERE id = $3", hash, now, *id);
        end_links(t, *id);
        end_sessions(t, *id, {});
        note(t, now, "password", invited->user.name, {{"user", invited->user.name}, {"by", name_of(invited->purpose)}});
        return open_session(t, now, find_user(*t, *id).value(), session, "link");
    });
}

}  // namespace stele::accounts
