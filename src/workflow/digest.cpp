#include "src/workflow/digest.hpp"

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

bool has_news(db::Connection& c, std::int64_t account, Time after, Time until) {
    return c
        .one(
            "SELECT 1 FROM notification WHERE account_id = $1 AND unread = 1 AND at > $2 AND at <= $3 LIMIT 1",
            [](db::Row) { return true; }, account, after, until)
        .has_value();
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
    const bool news =
        store.db.reading([&](db::Connection& c) { return has_news(c, person.account, setting.sent, boundary); });
    if (!news) return false;
    const auto page = list_notifications(store, person.account, {.unread = true, .limit = items_named, .after = {}});
    if (page.items.empty()) return false;
    const auto mail = compose(person, page.items, page.next.has_value());
    const Time now = store.now();
    try {
        return store.db.writing([&](db::Transaction& t) {
            if (!take(t, person.account, setting.sent, boundary)) return false;
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
    for (const auto& person : list_people(store))
        if (person.mail && write_one(store, person, boundary, compose)) ++written;
    return written;
}

}  // namespace stele::workflow
