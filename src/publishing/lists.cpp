#include <algorithm>

#include "src/base/error.hpp"
#include "src/locale/text.hpp"
#include "src/publishing/publishing.hpp"
#include "src/publishing/routes.hpp"
#include "src/storage/listings.hpp"
#include "src/storage/ranges.hpp"
#include "src/storage/tallies.hpp"

namespace stele::publishing {
namespace {

namespace json = boost::json;

// What a list shows of a publication's document (storage/publications.hpp); the body is not looked at.
struct Head {
    std::optional<locale::Tag> title_lang;
    std::optional<std::string> summary;  // absent: missing
};

Head head_from(std::string_view document) {
    const auto parsed = json::parse(document);
    const auto& object = parsed.as_object();
    Head head;
    if (const auto* lang = object.if_contains("title_lang"))
        head.title_lang = locale::Tag::stored(std::string(lang->as_string()));
    if (const auto* summary = object.if_contains("summary"); summary && summary->is_string())
        head.summary = std::string(summary->as_string());
    return head;
}

struct ListedItem {
    ListItem item;
    bool summary_missing = false;
};

constexpr std::string_view columns =
    "a.key, a.type, l.resolved_locale, a.source_locale, p.slug, p.title, p.document, a.shared, p.published_at, "
    "p.updated_at";
// CROSS JOIN: SQLite then keeps the order of the tables, the page first.
constexpr std::string_view joins =
    "CROSS JOIN listing l CROSS JOIN publication p CROSS JOIN article a "
    "WHERE l.locale = $1 AND l.generation = $2 AND l.article_id = o.id "
    "AND p.article_id = o.id AND p.locale = l.resolved_locale AND a.id = o.id";

ListedItem item_from(const db::Row& row) {
    const auto resolved = locale::Tag::stored(row.text(4));
    const auto head = head_from(row.text_view(8));
    ListItem item{.id = ArticleId(row.integer(1)),
                  .key = row.text(2),
                  .type = row.text(3),
                  .resolved_locale = resolved,
                  .source_locale = locale::Tag::stored(row.text(5)),
                  .slug = row.text(6),
                  .here = row.text(6),
                  .title = {row.text(7), head.title_lang.value_or(resolved)},
                  .summary = std::nullopt,
                  .shared = json::parse(row.text_view(9)).as_object(),
                  .published_at = time_of(row.integer(10)),
                  .updated_at = time_of(row.integer(11))};
    if (head.summary && !head.summary->empty()) item.summary = Text{*head.summary, resolved};
    return {std::move(item), !head.summary};
}

// Law 6: a part that is missing is the source's published one, and says so; nothing where the type leaves such parts
// out.
void fill_summary(db::Connection& c, const Store& store, ListItem& item) {
    if (store.types.find_or_page(item.type).missing == content::Missing::omit) return;
    const auto source = c.one(
        "SELECT document FROM publication WHERE article_id = $1 AND locale = $2",
        [](const db::Row& row) { return head_from(row.text_view(0)); }, item.id, item.source_locale.text());
    if (source && source->summary && !source->summary->empty())
        item.summary = Text{*source->summary, item.source_locale};
}

storage::Ranges ranges_of(const ListQuery& query) {
    storage::Ranges ranges{.table = "listing",
                           .key = "sort_key",
                           .same = {"locale", "generation"},
                           .split = "own",
                           .key_is_bytes = true,
                           .descending = false};
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
    ListPage result;
    for (auto& [place, row] : listed.rows) {
        if (row.summary_missing && row.item.resolved_locale != row.item.source_locale) fill_summary(c, store, row.item);
        if (row.item.resolved_locale != query.locale)
            row.item.here = fallback_slug(c, *site, query.locale, row.item.id, row.item.key, row.item.slug);
        result.items.push_back(std::move(row.item));
    }
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
        // From one type to the next along the index: a step for each type, however many articles there are.
        return c.all(
            "WITH RECURSIVE listed (type) AS ("
            "SELECT MIN(type) FROM listing WHERE locale = $1 AND generation = $2 UNION ALL "
            "SELECT (SELECT MIN(l.type) FROM listing l WHERE l.locale = $1 AND l.generation = $2 AND l.type > t.type) "
            "FROM listed t WHERE t.type IS NOT NULL) SELECT type FROM listed WHERE type IS NOT NULL",
            [](const db::Row& row) { return row.text(0); }, locale.text(), active_generation(*site, locale));
    });
}

}  // namespace stele::publishing
