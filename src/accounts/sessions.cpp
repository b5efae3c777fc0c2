// Sign-in links and the sessions they open (users.hpp).
#include "src/accounts/secrets.hpp"
#include "src/accounts/user_rows.hpp"

namespace stele::accounts {
namespace {

std::int64_t first_integer(db::Row row) { return row.integer(0); }

Session open_session(db::Transaction& t, User user, const std::string& secret, const std::string& csrf, Time now) {
    Session session{.user = std::move(user), .csrf = csrf, .expires_at = now + session_lifetime};
    t->run("INSERT INTO session (hash, account_id, csrf, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
           hash_of(secret), session.user.id, session.csrf, now, session.expires_at);
    return session;
}

Session session_from(db::Row row) {
    return {.user = user_at(row, 2), .csrf = row.text(0), .expires_at = time_of(row.integer(1))};
}

}  // namespace

std::string create_sign_in_link(const Store& store, std::string_view name) {
    std::string code = make_secret();
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        const auto id = t->one("SELECT id FROM account WHERE name = $1 AND disabled_at IS NULL", first_integer, name);
        if (!id) throw Error(ErrorCode::not_found, "user", {{"name", std::string(name)}});
        t->run("INSERT INTO sign_in_link (hash, account_id, expires_at) VALUES ($1, $2, $3)", hash_of(code), *id,
               now + link_lifetime);
    });
    return code;
}

std::optional<Opened> redeem_link(const Store& store, std::string_view code) {
    const std::string secret = make_secret(), csrf = make_secret();
    const Time now = store.now();
    const auto session = store.db.writing([&](db::Transaction& t) -> std::optional<Session> {
        // One statement decides: of two who open the link at once, one gets the row.
        const auto id = t->one(
            "UPDATE sign_in_link SET used_at = $1 "
            "WHERE hash = $2 AND used_at IS NULL AND expires_at > $1 RETURNING account_id",
            first_integer, now, hash_of(code));
        if (!id) return std::nullopt;
        auto user =
            t->one("SELECT " USER_COLUMNS " FROM account WHERE id = $1 AND disabled_at IS NULL", user_from, *id);
        if (!user) return std::nullopt;
        return open_session(t, std::move(*user), secret, csrf, now);
    });
    if (!session) return std::nullopt;
    return Opened{secret, *session};
}

std::optional<Session> find_session(const Store& store, std::string_view secret) {
    const Time now = store.now();
    return store.db.reading([&](db::Connection& c) { return find_session(c, secret, now); });
}

std::optional<Session> find_session(db::Connection& c, std::string_view secret, Time now) {
    auto session = c.one(
        "SELECT s.csrf, s.expires_at, a.id, a.name, a.grants, a.interface_locale, a.created_at, a.disabled_at, "
        "a.mail FROM session s JOIN account a ON a.id = s.account_id WHERE s.hash = $1",
        session_from, hash_of(secret));
    if (!session || session->expires_at <= now || session->user.disabled_at) return std::nullopt;
    return session;
}

void end_session(const Store& store, std::string_view secret) {
    store.db.write([&](db::Transaction& t) { t->run("DELETE FROM session WHERE hash = $1", hash_of(secret)); });
}

void forget_expired(const Store& store) {
    // A request that began in time may still be under way, and its write asks for the session again.
    const Time long_ago = store.now() - std::chrono::hours(1);
    store.db.write([&](db::Transaction& t) {
        t->run("DELETE FROM session WHERE expires_at <= $1", long_ago);
        t->run("DELETE FROM sign_in_link WHERE expires_at <= $1", long_ago);
    });
}

}  // namespace stele::accounts
