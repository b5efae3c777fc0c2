// Nodes with different ICUs on one database: which of them makes the orders, and whose keys are still to be made.
#include "src/storage/icus.hpp"

#include <algorithm>

#include "src/storage/many.hpp"
#include "src/storage/placing.hpp"
#include "src/storage/revisions.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/site_change.hpp"

namespace stele::worklist {
namespace {

constexpr std::chrono::minutes announced_every{1};
constexpr std::chrono::hours remembered{24};
constexpr int batch = 100;  // articles that one transaction holds

// The orders of a locale that have our keys.
std::vector<std::int64_t> own_generations(const storage::Site& site, const storage::SiteLocale& l) {
    std::vector<std::int64_t> generations;
    if (l.active && site.has_keys_of_active(l)) generations.push_back(l.active->number);
    if (l.next && site.has_keys_of_next()) generations.push_back(l.next->number);
    return generations;
}

// Whoever saves one of them waits, so that the title that is read is the one that stays.
void hold_articles(db::Transaction& t, const std::vector<ArticleId>& ids) {
    std::vector<db::Value> values;
    for (const auto id : ids) values.emplace_back(number(id));
    t->execute("UPDATE article SET seq = seq + 1 WHERE id IN (" + storage::parameters(1, ids.size()) + ")", values);
}

// The number of rows; 0 also when the locales have changed.
size_t key_batch(db::Transaction& t, const Store& store, const storage::Site& site, const locale::Tag& tag,
                 std::int64_t generation) {
    const auto ids = storage::find_placed(*t, tag, generation, batch);
    if (ids.empty()) return 0;
    hold_articles(t, ids);
    if (!storage::hold_site(t, site.version)) return 0;
    std::vector<storage::OrderRow> rows;
    for (const auto id : ids) rows.push_back({tag, generation, id});
    storage::key_placed(t, rows, site.collation);
    const auto* l = site.find_enabled(tag);
    if (l && l->active->number == generation)
        storage::add_change(t, store.now(), {"order", std::nullopt, tag, "stele", "{}"});
    return rows.size();
}

}  // namespace

void announce_icu(const Store& store) {
    const auto now = store.now();
    const auto& own = store.collation.fingerprint();
    const auto seen = store.db.reading([&](db::Connection& c) { return storage::icu_seen_at(c, own); });
    if (seen && now - *seen < announced_every) return;
    store.db.write([&](db::Transaction& t) {
        storage::forget_icus_before(t, now - remembered);
        storage::set_icu_seen(t, own, now);
    });
}

void key_placed_titles(const Store& store) {
    const auto site = store.db.reading([&](db::Connection& c) { return storage::read_site_uncached(c, store); });
    for (const auto& l : site->locales)
        for (const auto generation : own_generations(*site, l)) {
            const auto waiting = [&](db::Connection& c) { return storage::find_placed(c, l.tag, generation, 1); };
            if (store.db.reading(waiting).empty()) continue;
            while (store.db.writing([&](db::Transaction& t) { return key_batch(t, store, *site, l.tag, generation); }) >
                   0) {
            }
        }
}

}  // namespace stele::worklist
