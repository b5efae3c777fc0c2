#include "src/worklist/site_change.hpp"

#include "src/locale/collate.hpp"
#include "src/storage/revisions.hpp"
#include "src/worklist/orders.hpp"

namespace stele::worklist {
namespace {

OrderPlan plan_of(db::Connection& c, const locale::Tag& default_locale, std::int64_t number) {
    return {default_locale, locale::sort_fingerprint(), storage::filling_fingerprint(c), number, has_no_articles(c)};
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

}  // namespace

bool has_no_articles(db::Connection& c) {
    return !c.one("SELECT id FROM article LIMIT 1", [](const db::Row& row) { return row.integer(0); });
}

bool needs_planning(db::Connection& c, const storage::Site& site) {
    auto planned = site.locales;
    plan_orders(planned, plan_of(c, site.default_locale, 0));
    return planned != site.locales;
}

void change_locales(const Store& store, const Actor& actor,
                    const std::function<void(db::Connection&, Locales&)>& edit) {
    store.db.write([&](db::Transaction& t) {
        const auto version = storage::change_site(t);
        const auto before = storage::read_site_uncached(*t, store.default_locale)->locales;
        auto after = before;
        edit(*t, after);
        const auto plan = plan_of(*t, store.default_locale, version);
        plan_orders(after, plan);
        if (plan.filling != plan.fingerprint) storage::set_filling_fingerprint(t, plan.fingerprint);
        store_changed(t, before, after, store.now(), actor);
    });
}

bool put_in_force(const Store& store, std::int64_t version) {
    return store.db.writing([&](db::Transaction& t) {
        if (storage::change_site(t) != version + 1) return false;
        const auto before = storage::read_site_uncached(*t, store.default_locale)->locales;
        auto after = before;
        switch_orders(after, storage::filling_fingerprint(*t));
        store_changed(t, before, after, store.now(), "stele");
        return true;
    });
}

}  // namespace stele::worklist
