#include "src/worklist/purge.hpp"

#include "src/storage/editions.hpp"
#include "src/storage/placing.hpp"
#include "src/storage/site.hpp"
#include "src/storage/tallies.hpp"

namespace stele::worklist {
namespace {

constexpr std::string_view batch = "2000";

bool is_used(const storage::SiteLocale& l, std::int64_t generation) {
    return (l.active && l.active->number == generation) || (l.next && l.next->number == generation);
}

// The generations of this locale that the table has and nobody reads. Numbers are never used again, so that they stay
// stale; of one that was planned after `version` the locale as it was then knows nothing.
std::vector<std::int64_t> stale_generations(db::Connection& c, std::string_view table, const storage::SiteLocale& l,
                                            std::int64_t version) {
    const auto sql = std::string("SELECT MIN(generation) FROM ")
                         .append(table)
                         .append(" WHERE locale = $1 AND generation > $2 AND generation <= $3");
    std::vector<std::int64_t> stale;
    std::optional<std::int64_t> generation = -1;
    while (generation) {
        generation = *c.one(
            sql, [](const db::Row& row) { return row.optional_integer(0); }, l.tag.text(), *generation, version);
        if (generation && !is_used(l, *generation)) stale.push_back(*generation);
    }
    return stale;
}

void delete_generation(const Store& store, std::string_view table, const locale::Tag& tag, std::int64_t generation) {
    const auto name = std::string(table);
    const auto sql = "DELETE FROM " + name +
                     " WHERE locale = $1 AND generation = $2 AND article_id IN (SELECT article_id FROM " + name +
                     " WHERE locale = $1 AND generation = $2 ORDER BY article_id LIMIT " + std::string(batch) + ")";
    while (store.db.writing([&](db::Transaction& t) { return t->run(sql, tag.text(), generation); }) > 0) {
    }
}

void delete_what_belongs_to_it(const Store& store, const locale::Tag& tag, std::int64_t generation) {
    store.db.write([&](db::Transaction& t) {
        t->run("DELETE FROM tally WHERE locale = $1 AND scope = 'read' AND generation = $2", tag.text(), generation);
        storage::forget_placed(t, tag, generation);
    });
}

// Editions go with what they count for, so that counters and rows agree at every moment. The number that went; 0 also
// when the locales have changed: this one may be enabled again.
size_t delete_editions(db::Transaction& t, std::int64_t version, const locale::Tag& tag) {
    if (!storage::hold_site(t, version)) return 0;
    std::vector<storage::Tally> tallies;
    t->query(
        "DELETE FROM edition WHERE locale = $1 AND article_id IN (SELECT article_id FROM edition WHERE locale = $1 "
        "LIMIT " +
            std::string(batch) + ") RETURNING is_source, bucket, words_total, words_missing, words_outdated",
        std::vector<db::Value>{tag.text()}, [&](db::Row row) {
            tallies.push_back({.locale = tag,
                               .scope = row.boolean(0) ? storage::Scope::source : storage::Scope::work,
                               .generation = 0,
                               .slot = static_cast<int>(row.integer(1)),
                               .type = {},
                               .articles = -1,
                               .words = {-row.integer(2), -row.integer(3), -row.integer(4)}});
        });
    storage::append_tallies(*t, tallies);
    return tallies.size();
}

void purge_locale(const Store& store, const storage::Site& site, const storage::SiteLocale& l) {
    for (const std::string_view table : {"work_title", "listing"}) {
        const auto stale =
            store.db.reading([&](db::Connection& c) { return stale_generations(c, table, l, site.version); });
        for (const auto generation : stale) {
            delete_generation(store, table, l.tag, generation);
            delete_what_belongs_to_it(store, l.tag, generation);
        }
    }
    if (l.tracked()) return;
    while (store.db.writing([&](db::Transaction& t) { return delete_editions(t, site.version, l.tag); }) > 0) {
    }
}

}  // namespace

void purge_orders(const Store& store) {
    const auto site = store.db.reading([&](db::Connection& c) { return storage::read_site_uncached(c, store); });
    for (const auto& l : site->locales) purge_locale(store, *site, l);
}

}  // namespace stele::worklist
