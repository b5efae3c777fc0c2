#include "src/accounts/sessions.hpp"

#include <algorithm>

#include "src/accounts/secrets.hpp"
#include "src/accounts/throttle.hpp"
#include "src/accounts/user_rows.hpp"
#include "src/storage/tidy.hpp"

namespace stele::accounts {
namespace {

struct StoredSession {
    std::string hash;
    ListedSession listed;
};

// A part of the hash: it tells sessions apart, and is no way back to the secret.
std::string handle_of(std::string_view hash) {
    std::string text;
    for (const unsigned char c : hash.substr(0, 8)) {
        text += "0123456789abcdef"[c >> 4];
        text += "0123456789abcdef"[c & 15];
    }
    return text;
}

std::vector<StoredSession> sessions_of(db::Connection& c, std::int64_t account_id) {
    auto sessions = c.all(
        "SELECT hash, created_at, seen_at, address, browser FROM session WHERE account_id = $1",
        [](db::Row row) {
            StoredSession session{.hash = row.bytes(0), .listed = {}};
            session.listed.handle = handle_of(session.hash);
            session.listed.created_at = time_of(row.integer(1));
            session.listed.seen_at = time_of(std::max(row.integer(1), row.integer(2)));
            session.listed.visit = {.address = row.text(3), .browser = row.text(4)};
            return session;
        },
        account_id);
    std::sort(sessions.begin(), sessions.end(), [](const StoredSession& a, const StoredSession& b) {
        return std::tie(a.listed.seen_at, a.hash) > std::tie(b.listed.seen_at, b.hash);
    });
    return sessions;
}

void make_room(db::Transaction& t, std::int64_t account_id) {
    const auto sessions = sessions_of(*t, account_id);
    for (size_t i = size_t(most_sessions) - 1; i < sessions.size(); ++i)
        t->run("DELETE FROM session WHERE hash = $1", db::Bytes{sessions[i].hash});
}

Session session_from(db::Row row) {
    return {.user = user_at(row, 3),
            .csrf = row.text(0),
            .expires_at = time_of(row.integer(1)),
            .seen_at = time_of(row.integer(2))};
}

std::string_view first_of(std::string_view text, std::span<const std::pair<std::string_view, std::string_view>> names) {
    for (const auto& [mark, name] : names)
        if (text.find(mark) != std::string_view::npos) return name;
    return {};
}

}  // namespace

std::string browser_from(std::string_view user_agent) {
    // In this order: most of them also name those that they descend from.
    static constexpr std::pair<std::string_view, std::string_view> browsers[] = {
        {"Edg/", "Edge"},        {"OPR/", "Opera"},
        {"Vivaldi/", "Vivaldi"}, {"SamsungBrowser/", "Samsung Internet"},
        {"Firefox/", "Firefox"}, {"FxiOS/", "Firefox"},
        {"CriOS/", "Chrome"},    {"Chrome/", "Chrome"},
        {"Safari/", "Safari"}};
    static constexpr std::pair<std::string_view, std::string_view> systems[] = {
        {"Android", "Android"}, {"iPhone", "iPhone"}, {"iPad", "iPad"},  {"Windows", "Windows"},
        {"Mac OS X", "macOS"},  {"CrOS", "ChromeOS"}, {"Linux", "Linux"}};
    const auto browser = first_of(user_agent, browsers), system = first_of(user_agent, systems);
    if (!browser.empty() && !system.empty()) return std::string(browser) + ", " + std::string(system);
    if (!browser.empty()) return std::string(browser);
    // A program's own name; what is not plain says nothing to people.
    const auto word = user_agent.substr(0, std::min(user_agent.find_first_of(" /("), size_t(40)));
    const bool plain = std::all_of(word.begin(), word.end(), [](char c) { return c > ' ' && c < 0x7f; });
    return plain ? std::string(word) : std::string();
}

NewSession new_session(const Visit& visit) { return {.secret = make_secret(), .csrf = make_secret(), .visit = visit}; }

Opened open_session(db::Transaction& t, Time now, const User& user, const NewSession& session, std::string_view by) {
    make_room(t, user.id);
    const Time end = now + session_lifetime;
    t->run(
        "INSERT INTO session (hash, account_id, csrf, created_at, expires_at, seen_at, address, browser) "
        "VALUES ($1, $2, $3, $4, $5, $4, $6, $7)",
        hash_of(session.secret), user.id, session.csrf, now, end, session.visit.address, session.visit.browser);
    note(t, now, "sign-in", user.name,
         {{"by", by}, {"address", session.visit.address}, {"browser", session.visit.browser}});
    return {.secret = session.secret,
            .session = {.user = user, .csrf = session.csrf, .expires_at = end, .seen_at = now}};
}

std::optional<Session> find_session(db::Connection& c, std::string_view secret, Time now) {
    auto session = c.one("SELECT session.csrf, session.expires_at, session.seen_at, " USER_COLUMNS
                         " FROM session JOIN account ON account.id = session.account_id WHERE session.hash = $1",
                         session_from, hash_of(secret));
    if (!session || session->expires_at <= now || session->user.disabled_at) return std::nullopt;
    return session;
}

void end_session(const Store& store, std::string_view secret) {
    store.db.write([&](db::Transaction& t) { t->run("DELETE FROM session WHERE hash = $1", hash_of(secret)); });
}

std::vector<ListedSession> list_sessions(const Store& store, std::int64_t account_id, std::string_view secret) {
    const auto current = hash_of(secret).value;
    const Time now = store.now();
    std::vector<ListedSession> listed;
    for (auto& session : store.db.reading([&](db::Connection& c) { return sessions_of(c, account_id); })) {
        if (session.listed.created_at + session_lifetime <= now) continue;
        session.listed.current = session.hash == current;
        listed.push_back(std::move(session.listed));
    }
    return listed;
}

bool revoke_session(const Store& store, const User& user, std::string_view handle, const Actor& by) {
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        for (const auto& session : sessions_of(*t, user.id)) {
            if (session.listed.handle != handle) continue;
            t->run("DELETE FROM session WHERE hash = $1", db::Bytes{session.hash});
            note(t, now, "session-ended", by, {{"user", user.name}, {"browser", session.listed.visit.browser}});
            return true;
        }
        return false;
    });
}

std::int64_t end_sessions(db::Transaction& t, std::int64_t account_id, std::string_view but_secret) {
    return t->run("DELETE FROM session WHERE account_id = $1 AND hash <> $2", account_id, hash_of(but_secret));
}

std::int64_t revoke_other_sessions(const Store& store, const User& user, std::string_view secret, const Actor& by) {
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        const auto ended = end_sessions(t, user.id, secret);
        if (ended > 0) note(t, now, "session-ended", by, {{"user", user.name}, {"count", ended}});
        return ended;
    });
}

void forget_expired(const Store& store) {
    // A request that began in time may still be under way, and its write asks for the session again.
    const Time now = store.now(), long_ago = now - std::chrono::hours(1);
    storage::delete_old(store.db, {"session", "hash", "expires_at <= $1"}, long_ago);
    storage::delete_old(store.db, {"sign_in_link", "hash", "expires_at <= $1"}, long_ago);
    forget_failures(store.db, now);
}

void Sightings::see(Kind kind, std::string_view secret, Time seen_at, Time now) {
    if (now < seen_at + grain) return;
    auto hash = hash_of(secret).value;
    const std::lock_guard lock(mutex_);
    if (seen_.size() < most) seen_.insert_or_assign({kind, std::move(hash)}, now);
}

void Sightings::write(db::Database& database) {
    std::map<std::pair<Kind, std::string>, Time> seen;
    {
        const std::lock_guard lock(mutex_);
        seen.swap(seen_);
    }
    if (seen.empty()) return;
    database.write([&](db::Transaction& t) {
        for (const auto& [who, at] : seen) {
            const auto& [kind, hash] = who;
            t->run(kind == Kind::session ? "UPDATE session SET seen_at = $1 WHERE hash = $2 AND seen_at < $1"
                                         : "UPDATE token SET seen_at = $1 WHERE hash = $2",
                   at, db::Bytes{hash});
        }
    });
}

}  // namespace stele::accounts
