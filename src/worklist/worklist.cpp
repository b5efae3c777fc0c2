#include "src/worklist/worklist.hpp"

#include <algorithm>
#include <map>

#include "src/base/error.hpp"
#include "src/storage/editions.hpp"
#include "src/storage/ranges.hpp"
#include "src/storage/tallies.hpp"

namespace stele::worklist {
namespace {

using content::State;

struct NamedSort {
    std::string_view name;
    Sort sort;
};
constexpr std::array sorts{NamedSort{"title", Sort::title}, NamedSort{"words", Sort::words},
                           NamedSort{"age", Sort::age}, NamedSort{"priority", Sort::priority}};

storage::Ranges ranges_of(Sort sort) {
    switch (sort) {
        case Sort::title:
            return {"work_title", "sort_key", {"locale", "generation"}, "bucket", true, false};
        case Sort::words:
            return {"edition", "words_left", {"locale"}, "bucket", false, false};
        case Sort::age:
            return {"edition", "since", {"locale"}, "bucket", false, false};
        case Sort::priority:
            return {"edition", "priority", {"locale"}, "bucket", false, true};
    }
    throw Error(ErrorCode::internal, "worklist-sort");
}

std::vector<std::int64_t> buckets_of(const Query& query) {
    std::vector<State> states = query.states;
    if (states.empty()) states = {State::untranslated, State::incomplete, State::outdated};
    std::ranges::sort(states);
    states.erase(std::unique(states.begin(), states.end()), states.end());
    std::vector<std::int64_t> buckets;
    for (const auto state : states)
        for (const int pending : {0, 1})
            if (!query.pending || *query.pending == (pending == 1))
                buckets.push_back(2 * static_cast<int>(state) + pending);
    return buckets;
}

// A cursor belongs to one locale, sort and set of buckets.
std::string name_of(const Query& query, const std::vector<std::int64_t>& buckets) {
    std::string name = "worklist " + query.locale.text() + ' ' + std::to_string(static_cast<int>(query.sort));
    for (const auto bucket : buckets) name += ' ' + std::to_string(bucket);
    return name;
}

WorkItem item_from(const db::Row& row, int first) {
    const int next = first + storage::edition_width;
    WorkItem item{.edition = storage::edition_from(row, first),
                  .key = row.text(next),
                  .type = row.text(next + 1),
                  .source_locale = locale::Tag::stored(row.text(next + 2)),
                  .resolved_locale = std::nullopt};
    if (!row.is_null(next + 3)) item.resolved_locale = locale::Tag::stored(row.text(next + 3));
    return item;
}

std::string item_columns() {
    return std::string(storage::edition_columns) + ", a.key, a.type, a.source_locale, l.resolved_locale";
}

const storage::SiteLocale& enabled(const storage::Site& site, const locale::Tag& tag) {
    const auto* found = site.find_enabled(tag);
    if (!found) throw Error(ErrorCode::not_found, "locale", {{"locale", tag.text()}});
    return *found;
}

// CROSS JOIN: SQLite then keeps the order of the tables, the page first. $1 is the locale in every list. The generation
// is a number of our own table and changes seldom: it stands in the text, since only the titles' order binds it.
std::string joins(std::int64_t generation) {
    return "CROSS JOIN edition e CROSS JOIN article a LEFT JOIN listing l ON l.locale = $1 AND l.generation = " +
           std::to_string(generation) +
           " AND l.article_id = o.id WHERE e.article_id = o.id AND e.locale = $1 AND a.id = o.id";
}

Page page_of(db::Connection& c, const Store& store, const Query& query) {
    const auto site = storage::read_site(c, store.default_locale);
    const auto generation = enabled(*site, query.locale).active->number;
    const auto buckets = buckets_of(query);
    const auto name = name_of(query, buckets);
    const auto ranges = ranges_of(query.sort);

    storage::Page page{.limit = std::clamp(query.limit, 1, 200), .after = std::nullopt};
    if (query.after) page.after = storage::cursor_from(*query.after, name, generation);
    std::vector<db::Value> same{query.locale.text()};
    if (query.sort == Sort::title) same.emplace_back(generation);

    const auto columns = item_columns();
    const auto rest = joins(generation);
    auto listed = storage::read_ranges(c, ranges, same, buckets, page, {columns, rest}, generation,
                                       [](const db::Row& row) { return item_from(row, 2); });
    Page result;
    for (auto& [place, item] : listed.rows) result.items.push_back(std::move(item));
    if (listed.next) result.next = storage::to_text(*listed.next, name);
    const auto counts = storage::count_editions(c, query.locale);
    result.total = 0;
    for (const auto bucket : buckets) *result.total += counts.at(static_cast<size_t>(bucket));
    return result;
}

// Where an article stands in the order, whether the query lists it or not.
std::optional<std::string> cursor_of(db::Connection& c, const Store& store, const Query& query, ArticleId id) {
    const auto site = storage::read_site(c, store.default_locale);
    const auto generation = enabled(*site, query.locale).active->number;
    const auto ranges = ranges_of(query.sort);
    auto sql = std::string("SELECT ").append(ranges.key).append(", article_id FROM ").append(ranges.table);
    sql += " WHERE article_id = $1 AND locale = $2";
    std::vector<db::Value> values{number(id), query.locale.text()};
    if (query.sort == Sort::title) {
        sql += " AND generation = $3";
        values.emplace_back(generation);
    }
    std::optional<std::string> cursor;
    c.query(sql, values, [&](db::Row row) {
        const auto at = storage::cursor_at(storage::place_from(row, ranges), ranges, generation);
        cursor = storage::to_text(at, name_of(query, buckets_of(query)));
    });
    return cursor;
}

std::optional<WorkItem> item_of(db::Connection& c, ArticleId id, const storage::SiteLocale& l) {
    static const auto sql = "SELECT " + item_columns() +
                            " FROM article a JOIN edition e ON e.article_id = a.id LEFT JOIN listing l "
                            "ON l.article_id = e.article_id AND l.locale = e.locale AND l.generation = $3 "
                            "WHERE a.id = $1 AND a.deleted_at IS NULL AND e.locale = $2";
    return c.one(
        sql, [](const db::Row& row) { return item_from(row, 0); }, id, l.tag.text(), l.active->number);
}

}  // namespace

std::optional<Sort> sort_named(std::string_view name) {
    for (const auto& named : sorts)
        if (named.name == name) return named.sort;
    return std::nullopt;
}

Page list(const Store& store, const Query& query) {
    Page page;
    store.db.read([&](db::Connection& c) { page = page_of(c, store, query); });
    return page;
}

std::optional<ArticleId> next_to_do(const Store& store, const Query& asked, std::optional<ArticleId> after) {
    return store.db.reading([&](db::Connection& c) -> std::optional<ArticleId> {
        auto query = asked;
        query.limit = 2;
        query.after = after ? cursor_of(c, store, query, *after) : std::nullopt;
        auto items = page_of(c, store, query).items;
        if (items.empty() && query.after) {
            query.after.reset();
            items = page_of(c, store, query).items;
        }
        for (const auto& item : items)
            if (item.edition.article_id != after) return item.edition.article_id;
        return std::nullopt;
    });
}

std::optional<WorkItem> find_edition(const Store& store, ArticleId id, const locale::Tag& locale) {
    std::optional<WorkItem> item;
    store.db.read([&](db::Connection& c) {
        const auto site = storage::read_site(c, store.default_locale);
        item = item_of(c, id, enabled(*site, locale));
    });
    return item;
}

std::vector<WorkItem> editions_of(const Store& store, ArticleId id) {
    std::vector<WorkItem> items;
    store.db.read([&](db::Connection& c) {
        items.clear();
        const auto site = storage::read_site(c, store.default_locale);
        for (const auto& l : site->locales) {
            if (!l.active) continue;
            if (auto item = item_of(c, id, l)) items.push_back(std::move(*item));
        }
    });
    return items;
}

}  // namespace stele::worklist
