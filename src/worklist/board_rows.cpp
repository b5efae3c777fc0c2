#include "src/worklist/board_rows.hpp"

#include <algorithm>

#include "src/storage/editions.hpp"
#include "src/storage/many.hpp"

namespace stele::worklist {
namespace {

std::vector<db::Value> keys_of(const std::vector<std::int64_t>& ids) { return {ids.begin(), ids.end()}; }

std::map<std::int64_t, BoardRow> articles_of(db::Connection& c, const std::vector<std::int64_t>& ids) {
    std::map<std::int64_t, BoardRow> rows;
    storage::query_in(
        c, {"SELECT id, key, type, source_locale, priority FROM article WHERE deleted_at IS NULL AND id IN (", ")"},
        keys_of(ids), [&](db::Row row) {
            const auto source = locale::Tag::stored(row.text(3));
            rows.insert_or_assign(row.integer(0), BoardRow{.id = ArticleId(row.integer(0)),
                                                           .key = row.text(1),
                                                           .type = row.text(2),
                                                           .source_locale = source,
                                                           .priority = int(row.integer(4)),
                                                           .title = {},
                                                           .title_locale = source,
                                                           .editions = {}});
        });
    return rows;
}

size_t place_of(const storage::Site& site, const locale::Tag& tag) {
    const auto at = std::ranges::find(site.locales, tag, &storage::SiteLocale::tag);
    return size_t(at - site.locales.begin());
}

}  // namespace

std::map<std::int64_t, BoardRow> rows_of(db::Connection& c, const storage::Site& site, const locale::Tag& locale,
                                         const std::vector<std::int64_t>& ids, Breadth breadth) {
    auto rows = articles_of(c, ids);
    std::vector<std::int64_t> there;
    for (const auto& [id, row] : rows) there.push_back(id);
    // The tag is canonical and ours: letters, digits and hyphens.
    const auto only = breadth == Breadth::one ? " AND e.locale = '" + locale.text() + "'" : std::string();
    const auto head = "SELECT " + std::string(storage::edition_columns) + " FROM edition e WHERE e.article_id IN (";
    storage::query_in(c, {head, ")" + only}, keys_of(there), [&](db::Row row) {
        auto edition = storage::edition_from(row);
        if (!site.find_enabled(edition.locale)) return;
        auto& of = rows.at(number(edition.article_id));
        if (edition.locale == locale) of.title = edition.title, of.title_locale = edition.title_locale;
        of.editions.push_back(std::move(edition));
    });
    for (auto& [id, row] : rows)
        std::ranges::sort(row.editions, {}, [&](const content::Edition& e) { return place_of(site, e.locale); });
    return rows;
}

}  // namespace stele::worklist
