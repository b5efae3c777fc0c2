#include "src/workflow/digest.hpp"

#include "src/accounts/users.hpp"
#include "src/workflow/grouped.hpp"

namespace stele::workflow {
namespace {

constexpr std::chrono::hours at_hour{6};
constexpr int items_named = 20;

// When the letters of the day were due last.
Time last_boundary(Time now) { return Time(std::chrono::floor<std::chrono::days>(now - at_hour)) + at_hour; }

struct Setting {
    bool wanted = true;
    Time sent{};  // everything until then has been in a letter
};

std::optional<Setting> find_setting(db::Connection& c, std::int64_t account) {
    return c.one(
        "SELECT digest, digest_at FROM attention WHERE account_id = $1",
        [](db::Row r) {
            return Setting{r.boolean(0), time_of(r.integer(1))};
        },
        account);
}

// Who has something to be told that came since their last letter: a range of what nobody has read, not of accounts.
// What is older than any letter would be of use is not looked for. CROSS JOIN: SQLite then begins with that range.
std::vector<std::int64_t> accounts_with_news(db::Connection& c, Time boundary) {
    return c.all(
        "SELECT DISTINCT n.account_id FROM notification n CROSS JOIN account a LEFT JOIN attention s ON s.account_id = "
        "n.account_id WHERE n.unread = 1 AND n.at > $1 AND n.at <= $2 AND a.id = n.account_id AND a.mail IS NOT NULL "
        "AND a.disabled_at IS NULL AND COALESCE(s.digest, 1) = 1 AND n.at > COALESCE(s.digest_at, 0)",
        [](db::Row r) { return r.integer(0); }, boundary - mail::Mail{}.useful_for, boundary);
}

// Nobody disables the account or gives it another address until the letter is there for them to drop: the row is held.
bool hold_address(db::Transaction& t, const Person& person) {
    return t->run("UPDATE account SET mail = mail WHERE id = $1 AND mail = $2 AND disabled_at IS NULL", person.account,
                  person.mail) > 0;
}

// False where another server was first.
bool take(db::Transaction& t, std::int64_t account, Time before, Time boundary) {
    t->run(
        "INSERT INTO attention (account_id, digest, digest_at, seen_before, seen, visited_at) VALUES ($1, 1, 0, 0, 0, "
        "0) ON CONFLICT (account_id) DO NOTHING",
        account);
    return t->run("UPDATE attention SET digest_at = $3 WHERE account_id = $1 AND digest_at = $2 AND digest = 1",
                  account, before, boundary) > 0;
}

// The outbox takes no more for now: the letter of the day is still to be written.
struct Full {};

bool write_one(const Store& store, const Person& person, Time boundary, const Compose& compose) {
    const auto setting =
        store.db.reading([&](db::Connection& c) { return find_setting(c, person.account); }).value_or(Setting{});
    if (!setting.wanted || setting.sent >= boundary) return false;
    const auto page = list_grouped(store, person.account, {.unread = true, .limit = items_named, .after = {}});
    if (page.items.empty()) return false;
    const auto mail = compose(person, page.items, page.next.has_value());
    const Time now = store.now();
    try {
        return store.db.writing([&](db::Transaction& t) {
            if (!hold_address(t, person) || !take(t, person.account, setting.sent, boundary)) return false;
            if (!enqueue(t, now, mail)) throw Full{};
            return true;
        });
    } catch (const Full&) {
        return false;
    }
}

}  // namespace

bool wants_digest(const Store& store, std::int64_t account) {
    return store.db.reading([&](db::Connection& c) { return find_setting(c, account); }).value_or(Setting{}).wanted;
}

void set_digest(const Store& store, std::int64_t account, bool wanted) {
    store.db.write([&](db::Transaction& t) {
        t->run(
            "INSERT INTO attention (account_id, digest, digest_at, seen_before, seen, visited_at) VALUES ($1, $2, 0, "
            "0, 0, 0) ON CONFLICT (account_id) DO UPDATE SET digest = excluded.digest",
            account, wanted);
    });
}

int write_digests(const Store& store, const Compose& compose) {
    const auto boundary = last_boundary(store.now());
    int written = 0;
    for (const auto account : store.db.reading([&](db::Connection& c) { return accounts_with_news(c, boundary); })) {
        const auto user = store.db.reading([&](db::Connection& c) { return accounts::find_user(c, account); });
        if (user && write_one(store, person_of(*user), boundary, compose)) ++written;
    }
    return written;
}

}  // namespace stele::workflow
