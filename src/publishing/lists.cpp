#include <fmt/format.h>

#include <algorithm>

#include "src/base/error.hpp"
#include "src/locale/text.hpp"
#include "src/publishing/publishing.hpp"
#include "src/publishing/routes.hpp"
#include "src/storage/listings.hpp"
#include "src/storage/publications.hpp"
#include "src/storage/ranges.hpp"
#include "src/storage/tallies.hpp"

namespace stele::publishing {
namespace {

namespace json = boost::json;

struct ListedItem {
    ListItem item;
    bool summary_missing = false;
};

constexpr std::string_view columns =
    "a.key, a.type, o.carried, a.source_locale, p.slug, p.title, p.title_lang, p.summary, a.shared, p.published_at, "
    "p.updated_at";
// CROSS JOIN: SQLite then keeps the order of the tables, the page first.
constexpr std::string_view joins =
    "CROSS JOIN locale l CROSS JOIN publication p CROSS JOIN article a "
    "WHERE l.tag = o.carried AND p.id = o.id * 4096 + l.number AND a.id = o.id";

ListedItem item_from(const db::Row& row) {
    const auto resolved = locale::Tag::stored(row.text(4));
    const auto title_lang = row.optional_text(8);
    const auto summary = row.optional_text(9);
    ListItem item{.id = ArticleId(row.integer(1)),
                  .key = row.text(2),
                  .type = row.text(3),
                  .resolved_locale = resolved,
                  .source_locale = locale::Tag::stored(row.text(5)),
                  .slug = row.text(6),
                  .here = row.text(6),
                  .title = {row.text(7), title_lang ? locale::Tag::stored(*title_lang) : resolved},
                  .summary = std::nullopt,
                  .shared = json::parse(row.text_view(10)).as_object(),
                  .published_at = time_of(row.integer(11)),
                  .updated_at = time_of(row.integer(12))};
    if (summary && !summary->empty()) item.summary = Text{*summary, resolved};
    return {std::move(item), !summary};
}

// Law 6: a part that is missing is the source's published one, and says so; nothing where the type leaves such parts
// out. One statement for the page.
void fill_summaries(db::Connection& c, const Store& store, std::vector<ListedItem>& rows) {
    std::map<ArticleId, ListItem*> waiting;
    for (auto& [item, missing] : rows)
        if (missing && item.resolved_locale != item.source_locale &&
            store.types.find_or_page(item.type).missing != content::Missing::omit)
            waiting.emplace(item.id, &item);
    if (waiting.empty()) return;
    std::vector<ArticleId> ids;
    for (const auto& [id, item] : waiting) ids.push_back(id);
    for (const auto& [id, summary] : storage::find_source_summaries(c, ids))
        if (!summary.empty()) waiting.at(id)->summary = Text{summary, waiting.at(id)->source_locale};
}

// Under which slug each item stands here, where it is not published in the list's own locale.
void find_here(db::Connection& c, const storage::Site& site, const locale::Tag& locale, std::vector<ListedItem>& rows) {
    std::vector<Fallback> fallbacks;
    for (const auto& [item, missing] : rows)
        if (item.resolved_locale != locale) fallbacks.push_back({item.id, item.key, item.slug});
    auto slugs = fallback_slugs(c, site, locale, fallbacks);
    for (auto& [item, missing] : rows)
        if (item.resolved_locale != locale) item.here = std::move(slugs.at(item.id));
}

storage::Ranges ranges_of(const ListQuery& query) {
    storage::Ranges ranges{.table = "listing",
                           .key = "sort_key",
                           .same = {"locale", "generation"},
                           .split = "own",
                           .key_is_bytes = true,
                           .descending = false,
                           .carried = "resolved_locale"};
    if (query.type) ranges.same.push_back("type");
    if (query.sort == Sort::published) {
        ranges.key = "published_at";
        ranges.key_is_bytes = false;
        ranges.descending = true;
    }
    return ranges;
}

// A cursor belongs to one locale, sort and filter.
std::string name_of(const ListQuery& query) {
    return "articles " + query.locale.text() + (query.sort == Sort::title ? " title" : " published") +
           (query.fallback ? " all" : " own") + (query.type ? " of " + *query.type : "");
}

std::int64_t active_generation(const storage::Site& site, const locale::Tag& locale) {
    const auto* l = site.find_enabled(locale);
    if (!l) throw Error(ErrorCode::not_found, "locale", {{"locale", locale.text()}});
    return l->active->number;
}

ListPage page_of(db::Connection& c, const Store& store, const ListQuery& query) {
    // No type has such a name, and PostgreSQL takes no other bytes for text than UTF-8.
    if (query.type && !locale::is_utf8(*query.type))
        throw Error(ErrorCode::malformed, "parameter", {{"name", std::string("type")}});
    const auto site = storage::read_site(c, store.default_locale);
    const auto generation = active_generation(*site, query.locale);
    const auto name = name_of(query);

    storage::Page page{.limit = std::clamp(query.limit, 1, 200), .after = std::nullopt};
    if (query.after) page.after = storage::cursor_from(*query.after, name, generation);
    std::vector<db::Value> same{query.locale.text(), generation};
    if (query.type) same.emplace_back(*query.type);
    const auto own = query.fallback ? std::vector<std::int64_t>{0, 1} : std::vector<std::int64_t>{1};

    auto listed = storage::read_ranges(c, ranges_of(query), same, own, page, {columns, joins}, generation, item_from);
    std::vector<ListedItem> rows;
    for (auto& [place, row] : listed.rows) rows.push_back(std::move(row));
    fill_summaries(c, store, rows);
    find_here(c, *site, query.locale, rows);
    ListPage result;
    for (auto& row : rows) result.items.push_back(std::move(row.item));
    if (listed.next) result.next = storage::to_text(*listed.next, name);
    result.total = storage::count_listed(c, query.locale, generation, !query.fallback, query.type.value_or(""));
    return result;
}

}  // namespace

ListPage list_articles(const Store& store, const ListQuery& query) {
    return store.db.reading([&](db::Connection& c) { return page_of(c, store, query); });
}

std::vector<std::string> listed_types(const Store& store, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) {
        const auto site = storage::read_site(c, store.default_locale);
        // One look into the index for each, however many articles there are.
        std::string sql;
        std::vector<db::Value> values{locale.text(), active_generation(*site, locale)};
        for (const auto& type : store.types.names()) {
            values.emplace_back(type);
            sql += fmt::format(
                "{0}SELECT CAST(${1} AS TEXT) AS type WHERE EXISTS "
                "(SELECT 1 FROM listing WHERE locale = $1 AND generation = $2 AND type = ${1})",
                sql.empty() ? "" : " UNION ALL ", values.size());
        }
        std::vector<std::string> listed;
        c.query(sql, values, [&](const db::Row& row) { listed.push_back(row.text(0)); });
        return listed;
    });
}

}  // namespace stele::publishing
