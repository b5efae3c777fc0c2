#include "src/workflow/feed.hpp"

#include <algorithm>

#include "src/accounts/audit.hpp"
#include "src/accounts/secrets.hpp"
#include "src/accounts/users.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/ranges.hpp"
#include "src/storage/site.hpp"

namespace stele::workflow {
namespace {

constexpr std::string_view prefix = "stele_feed_";

worklist::WorkItem item_from(const db::Row& row) {
    constexpr int first = 2, next = first + storage::edition_width;
    return {.edition = storage::edition_from(row, first),
            .key = row.text(next),
            .type = row.text(next + 1),
            .source_locale = locale::Tag::stored(row.text(next + 2)),
            .resolved_locale = std::nullopt};
}

// Pending ones, too: 2 * state + pending.
std::vector<std::int64_t> buckets_to_do() {
    std::vector<std::int64_t> buckets;
    for (int bucket = 0; bucket < 2 * static_cast<int>(content::State::ready); ++bucket) buckets.push_back(bucket);
    return buckets;
}

// It is theirs alone to make and to end.
Actor name_of_account(db::Transaction& t, std::int64_t account) {
    const auto user = accounts::find_user(*t, account);
    return user ? user->name : Actor();
}

}  // namespace

std::string renew_feed_token(const Store& store, std::int64_t account) {
    auto secret = accounts::make_secret(prefix);
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        t->run(
            "INSERT INTO feed_token (account_id, hash, created_at) VALUES ($1, $2, $3) ON CONFLICT (account_id) DO "
            "UPDATE SET hash = excluded.hash, created_at = excluded.created_at",
            account, accounts::hash_of(secret), now);
        accounts::note(t, now, "feed-made", name_of_account(t, account), {});
    });
    return secret;
}

void revoke_feed_token(const Store& store, std::int64_t account) {
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        if (t->run("DELETE FROM feed_token WHERE account_id = $1", account) > 0)
            accounts::note(t, now, "feed-revoked", name_of_account(t, account), {});
    });
}

std::optional<Time> find_feed_token(const Store& store, std::int64_t account) {
    return store.db.reading([&](db::Connection& c) {
        return c.one(
            "SELECT created_at FROM feed_token WHERE account_id = $1", [](db::Row r) { return time_of(r.integer(0)); },
            account);
    });
}

std::optional<Person> find_feed_reader(const Store& store, std::string_view secret) {
    if (!secret.starts_with(prefix)) return std::nullopt;
    return store.db.reading([&](db::Connection& c) -> std::optional<Person> {
        const auto account = c.one(
            "SELECT account_id FROM feed_token WHERE hash = $1", [](db::Row r) { return r.integer(0); },
            accounts::hash_of(secret));
        if (!account) return std::nullopt;
        const auto user = accounts::find_user(c, *account);
        if (!user || user->disabled_at) return std::nullopt;
        return person_of(*user);
    });
}

std::vector<worklist::WorkItem> newest_work(const Store& store, const locale::Tag& locale, int limit) {
    static const auto columns = std::string(storage::edition_columns) + ", a.key, a.type, a.source_locale";
    constexpr std::string_view rest =
        "CROSS JOIN edition e CROSS JOIN article a WHERE e.article_id = o.id AND e.locale = $1 AND a.id = o.id";
    storage::Ranges ranges{"edition", "since", {"locale"}, "bucket"};
    ranges.descending = true;
    return store.db.reading([&](db::Connection& c) {
        if (!storage::read_site(c, store)->find_enabled(locale))
            throw Error(ErrorCode::not_found, "locale", {{"locale", locale.text()}});
        const storage::Page page{.limit = limit, .after = std::nullopt};
        auto listed = storage::read_ranges(c, ranges, {locale.text()}, buckets_to_do(), page, {columns, rest}, 0,
                                           [](const db::Row& row) { return item_from(row); });
        std::vector<worklist::WorkItem> items;
        for (auto& [place, item] : listed.rows) items.push_back(std::move(item));
        return items;
    });
}

}  // namespace stele::workflow
