#include "src/workflow/recent.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

#include "src/storage/change_log.hpp"
#include "src/storage/many.hpp"
#include "src/workflow/recent_groups.hpp"

namespace stele::workflow {
namespace {

using accounts::Action;

constexpr std::chrono::minutes visit_lasts{30}, noted_each{5};
constexpr std::int64_t looked_at = 1'000, looked_back = 20'000;

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

RecentEntry entry_from(const db::Row& r) {
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

// "$5, $6": where they translate; empty = everywhere.
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

// Who did it: an import, or anybody else but the caller. An import is read apart, so that it hides nobody's work.
enum class By { people, import };

// Articles are looked up one by one: joined, all of them could be read for a part of the log.
std::vector<RecentEntry> read_entries(db::Connection& c, const accounts::Known& caller, std::int64_t position, By by) {
    const bool people = by == By::people;
    std::vector<db::Value> values{db::to_value(position), db::to_value(looked_at),
                                  db::to_value(people ? caller.name : importer), db::to_value(importer)};
    if (!people) values.pop_back();
    const auto places = values.size();
    const auto locales = locales_in(caller, values);
    if (locales.empty()) values.resize(places);
    const auto sql = fmt::format(
        "SELECT position, kind, article_id, (SELECT a.key FROM article a WHERE a.id = l.article_id) AS key, locale, "
        "source_locale, actor, at FROM (SELECT position, kind, article_id, locale, (SELECT a.source_locale FROM "
        "article a WHERE a.id = l.article_id AND a.deleted_at IS NULL) AS source_locale, actor, at FROM change l "
        "WHERE position > $1 AND kind IN ({}) AND {} AND locale IS NOT NULL) l WHERE source_locale IS NOT "
        "NULL{} ORDER BY position DESC LIMIT $2",
        shown_kinds, people ? "actor NOT IN ($3, $4)" : "actor = $3",
        locales.empty() ? std::string() : fmt::format(" AND (locale = source_locale OR locale IN ({}))", locales));
    std::vector<RecentEntry> entries;
    c.query(sql, values, [&](db::Row r) { entries.push_back(entry_from(r)); });
    return entries;
}

void put_titles(db::Connection& c, std::vector<RecentChange>& items) {
    std::vector<db::Value> keys;
    for (const auto& item : items) {
        keys.push_back(db::to_value(item.article_id));
        keys.push_back(db::to_value(item.locale.text()));
    }
    storage::query_many(c,
                        {"SELECT article_id, locale, title, title_locale FROM edition WHERE ",
                         "(article_id = ? AND locale = ?)", "", " OR "},
                        keys, [&](db::Row r) {
                            for (auto& item : items)
                                if (number(item.article_id) == r.integer(0) && item.locale.text() == r.text_view(1)) {
                                    item.title = r.text(2);
                                    item.title_locale = locale::Tag::stored(r.text(3));
                                }
                        });
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

void begin_visits(db::Transaction& t, std::int64_t account) {
    const auto newest = storage::newest_position(*t);
    write_visit(t, account, {.seen_before = newest, .seen = newest, .at = {}});
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
        auto& items = recent.items;
        const auto from = std::max(position, storage::newest_position(c) - looked_back);
        recent.more = from > position && position > 0;
        for (const auto by : {By::people, By::import}) {
            auto entries = read_entries(c, caller, from, by);
            const bool cut = entries.size() >= size_t(looked_at);
            recent.more = recent.more || (cut && by == By::people);
            auto groups = in_groups(std::move(entries), cut);
            std::ranges::move(groups, std::back_inserter(items));
        }
        std::ranges::sort(items, std::ranges::greater(), &RecentChange::position);
        if (items.size() > limit) {
            items.erase(items.begin() + std::ptrdiff_t(limit), items.end());
            recent.more = true;
        }
        put_titles(c, items);
        return recent;
    });
}

}  // namespace stele::workflow
