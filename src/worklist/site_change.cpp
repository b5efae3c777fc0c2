#include "src/worklist/site_change.hpp"

#include "src/storage/icus.hpp"
#include "src/storage/placing.hpp"
#include "src/storage/revisions.hpp"
#include "src/worklist/orders.hpp"

namespace stele::worklist {
namespace {

// More than this is not keyed under the lock that every writer waits for.
constexpr int max_keyed_at_switch = 100;

std::string ruling_icu(db::Connection& c, const Store& store) {
    const auto seen = storage::icus_seen_since(c, store.now() - server_is_gone);
    return seen.empty() ? store.collation.fingerprint() : *std::ranges::max_element(seen, locale::is_older);
}

OrderPlan plan_of(db::Connection& c, const Store& store, const storage::Site& site, std::int64_t number) {
    return {store.default_locale, ruling_icu(c, store), site.filling, number, has_no_articles(c)};
}

// The change log wakes the caches of this and of other nodes.
void store_changed(db::Transaction& t, const Locales& before, const Locales& after, Time now, const Actor& actor) {
    for (const auto& l : after) {
        const auto old = std::ranges::find(before, l.tag, &storage::SiteLocale::tag);
        if (old != before.end() && *old == l) continue;
        storage::upsert_locale(t, l, now);
        storage::add_change(t, now,
                            {.kind = "locale", .article_id = {}, .locale = l.tag, .actor = actor, .detail = "{}"});
    }
}

// Nodes with another ICU write to the next orders, too, but cannot make their keys. False: too many are left.
bool key_what_was_placed(db::Transaction& t, const storage::Site& site) {
    std::vector<storage::OrderRow> rows;
    for (const auto& l : site.locales) {
        if (!l.next) continue;
        for (const auto id : storage::find_placed(*t, l.tag, l.next->number, max_keyed_at_switch + 1))
            rows.push_back({l.tag, l.next->number, id});
    }
    if (rows.size() > max_keyed_at_switch) return false;
    storage::key_placed(t, rows, site.collation);
    return true;
}

}  // namespace

bool has_no_articles(db::Connection& c) {
    return !c.one("SELECT id FROM article LIMIT 1", [](const db::Row& row) { return row.integer(0); });
}

bool needs_planning(db::Connection& c, const Store& store, const storage::Site& site) {
    auto planned = site.locales;
    plan_orders(planned, plan_of(c, store, site, 0));
    return planned != site.locales;
}

void change_locales(const Store& store, const Actor& actor,
                    const std::function<void(db::Connection&, Locales&)>& edit) {
    store.db.write([&](db::Transaction& t) {
        const auto version = storage::change_site(t);
        const auto before = storage::read_site_uncached(*t, store);
        auto after = before->locales;
        edit(*t, after);
        const auto plan = plan_of(*t, store, *before, version);
        plan_orders(after, plan);
        if (plan.filling != plan.fingerprint) storage::set_filling_fingerprint(t, plan.fingerprint);
        store_changed(t, before->locales, after, store.now(), actor);
    });
}

bool put_in_force(const Store& store, std::int64_t version) {
    return store.db.writing([&](db::Transaction& t) {
        if (storage::change_site(t) != version + 1) return false;
        const auto before = storage::read_site_uncached(*t, store);
        if (!key_what_was_placed(t, *before)) return false;
        auto after = before->locales;
        switch_orders(after, before->filling);
        store_changed(t, before->locales, after, store.now(), "stele");
        return true;
    });
}

}  // namespace stele::worklist
