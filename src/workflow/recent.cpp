#include "src/workflow/recent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "src/storage/change_log.hpp"

namespace stele::workflow {
namespace {

using accounts::Action;

constexpr std::chrono::minutes visit_lasts{30}, noted_each{5};
constexpr std::int64_t looked_at = 1'000, looked_back = 20'000;
constexpr size_t actors_named = 3;

std::optional<Visit> stored_visit(db::Connection& c, std::int64_t account) {
    return c.one(
        "SELECT seen_before, seen, visited_at FROM attention WHERE account_id = $1",
        [](db::Row r) {
            return Visit{r.integer(0), r.integer(1), time_of(r.integer(2))};
        },
        account);
}

constexpr std::string_view shown_kinds =
    "'save', 'create', 'restore', 'import', 'publish', 'unpublish', 'keep', 'review', 'assign', 'comment'";

struct Entry {
    RecentChange change;
    std::string actor;
};

Entry entry_from(const db::Row& r) {
    return {.change = {.position = r.integer(0),
                       .kind = r.text(1),
                       .article_id = ArticleId(r.integer(2)),
                       .key = r.text(3),
                       .locale = locale::Tag::stored(r.text(4)),
                       .is_source = r.text_view(4) == r.text_view(5),
                       .title = {},
                       .title_locale = locale::Tag::stored(r.text(4)),
                       .at = time_of(r.integer(7))},
            .actor = r.text(6)};
}

// "$4, $5": where they translate; empty = everywhere.
std::string locales_in(const accounts::Known& caller, std::vector<db::Value>& values) {
    std::string list;
    for (const auto& grant : caller.grants) {
        if (!accounts::includes(grant.role, Action::translate)) continue;
        if (grant.locales.empty()) return {};
        for (const auto& tag : grant.locales) {
            values.push_back(db::to_value(tag.text()));
            list += fmt::format("{}${}", list.empty() ? "" : ", ", values.size());
        }
    }
    return list.empty() ? "''" : list;
}

// Articles are looked up one by one: joined, all of them could be read for a part of the log.
std::vector<Entry> read_entries(db::Connection& c, const accounts::Known& caller, std::int64_t position) {
    std::vector<db::Value> values{db::to_value(position), db::to_value(looked_at), db::to_value(caller.name)};
    const auto places = values.size();
    const auto locales = locales_in(caller, values);
    if (locales.empty()) values.resize(places);
    const auto sql = fmt::format(
        "SELECT position, kind, article_id, (SELECT a.key FROM article a WHERE a.id = l.article_id) AS key, locale, "
        "source_locale, actor, at FROM (SELECT position, kind, article_id, locale, (SELECT a.source_locale FROM "
        "article a WHERE a.id = l.article_id AND a.deleted_at IS NULL) AS source_locale, actor, at FROM change l "
        "WHERE position > $1 AND kind IN ({}) AND actor <> $3 AND locale IS NOT NULL) l WHERE source_locale IS NOT "
        "NULL{} ORDER BY position DESC LIMIT $2",
        shown_kinds,
        locales.empty() ? std::string() : fmt::format(" AND (locale = source_locale OR locale IN ({}))", locales));
    std::vector<Entry> entries;
    c.query(sql, values, [&](db::Row r) { entries.push_back(entry_from(r)); });
    return entries;
}

void put_title(db::Connection& c, RecentChange& change) {
    c.query("SELECT title, title_locale FROM edition WHERE article_id = $1 AND locale = $2",
            std::vector<db::Value>{db::to_value(change.article_id), db::to_value(change.locale.text())},
            [&](db::Row r) {
                change.title = r.text(0);
                change.title_locale = locale::Tag::stored(r.text(1));
            });
}

void add(std::vector<RecentChange>& items, std::map<std::string, size_t>& places, Entry entry) {
    auto& change = entry.change;
    const auto name =
        change.kind + ' ' + std::to_string(number(change.article_id)) + ' ' + std::string(change.locale.text());
    const auto [at, fresh] = places.emplace(name, items.size());
    if (fresh) {
        items.push_back(std::move(change));
        items.back().actors.push_back(std::move(entry.actor));
        return;
    }
    auto& item = items[at->second];
    ++item.times;
    if (item.actors.size() < actors_named && std::ranges::find(item.actors, entry.actor) == item.actors.end())
        item.actors.push_back(std::move(entry.actor));
}

}  // namespace

Visiting find_visit(const Store& store, std::int64_t account) {
    const Time now = store.now();
    const auto [visit, newest] = store.db.reading(
        [&](db::Connection& c) { return std::pair(stored_visit(c, account), storage::newest_position(c)); });
    if (!visit) return {{0, newest, now}, true};
    if (now - visit->at > visit_lasts) return {{visit->seen, newest, now}, true};
    return {{visit->seen_before, newest, now}, now - visit->at > noted_each};
}

void write_visit(db::Transaction& t, std::int64_t account, const Visit& visit) {
    t->run(
        "INSERT INTO attention (account_id, digest, digest_at, seen_before, seen, visited_at) VALUES ($1, 1, 0, $2, "
        "$3, $4) ON CONFLICT (account_id) DO UPDATE SET seen_before = excluded.seen_before, seen = excluded.seen, "
        "visited_at = excluded.visited_at",
        account, visit.seen_before, visit.seen, visit.at);
}

RecentChanges changes_since(const Store& store, const accounts::Known& caller, std::int64_t position, size_t limit) {
    return store.db.reading([&](db::Connection& c) {
        RecentChanges recent;
        std::map<std::string, size_t> places;
        const auto from = std::max(position, storage::newest_position(c) - looked_back);
        auto entries = read_entries(c, caller, from);
        recent.more = entries.size() >= size_t(looked_at) || (from > position && position > 0);
        for (auto& entry : entries) add(recent.items, places, std::move(entry));
        if (recent.items.size() > limit) {
            recent.items.erase(recent.items.begin() + std::ptrdiff_t(limit), recent.items.end());
            recent.more = true;
        }
        for (auto& item : recent.items) put_title(c, item);
        return recent;
    });
}

}  // namespace stele::workflow
