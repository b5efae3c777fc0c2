#include "src/worklist/orders.hpp"

namespace stele::worklist {
namespace {

using storage::SiteLocale;

std::vector<locale::Enabled> wanted_of(const std::vector<SiteLocale>& locales) {
    std::vector<locale::Enabled> list;
    for (const auto& l : locales) list.push_back({l.tag, l.fallback, l.position, l.wanted});
    return list;
}

void drop_next(SiteLocale& l) {
    l.next.reset();
    l.filled_to = 0;
}

void plan_next(SiteLocale& l, const std::vector<locale::Tag>& chain, const OrderPlan& plan) {
    const bool in_force = l.active && l.active->chain == chain && l.fingerprint == plan.fingerprint;
    if (in_force) return drop_next(l);
    const bool being_filled = l.next && l.next->chain == chain && plan.filling == plan.fingerprint;
    if (being_filled) return;
    l.next = storage::Generation{plan.number, chain};
    l.filled_to = 0;
}

}  // namespace

void plan_orders(std::vector<SiteLocale>& locales, const OrderPlan& plan) {
    const auto wanted = wanted_of(locales);
    for (auto& l : locales) {
        if (l.wanted)
            plan_next(l, locale::chain_of(l.tag, wanted, plan.default_locale), plan);
        else
            drop_next(l);
    }
    if (plan.no_articles) switch_orders(locales, plan.fingerprint);
}

void switch_orders(std::vector<SiteLocale>& locales, const std::string& fingerprint) {
    for (auto& l : locales) {
        if (!l.wanted) l.active.reset();
        if (!l.next) continue;
        l.active = l.next;
        l.fingerprint = fingerprint;
        drop_next(l);
    }
}

bool any_waiting(const std::vector<SiteLocale>& locales) {
    return std::ranges::any_of(locales, [](const SiteLocale& l) { return l.next || (l.active && !l.wanted); });
}

bool can_fill(const storage::Site& site) {
    const bool any_next = std::ranges::any_of(site.locales, [](const SiteLocale& l) { return l.next.has_value(); });
    return any_waiting(site.locales) && (!any_next || site.has_keys_of_next());
}

}  // namespace stele::worklist
