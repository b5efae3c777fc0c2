#pragma once
// Which orders the configured locales call for. Pure.
#include <string>
#include <vector>

#include "src/storage/site.hpp"

namespace stele::worklist {

struct OrderPlan {
    locale::Tag default_locale;
    std::string fingerprint;   // of the ICU that the orders are to be made by
    std::string filling;       // of ICU when the present next generations were planned
    std::int64_t number = 0;   // of new generations: never used before, so that no old cursor and no old row fits
    bool no_articles = false;  // nothing to fill: in force at once
};
// The chains of all wanted locales anew: where chain or fingerprint differ from those in force, a next generation is
// planned; one that is being filled for the same goes on; one that is not called for any more is dropped.
void plan_orders(std::vector<storage::SiteLocale>& locales, const OrderPlan& plan);

// What is filled takes effect: readers get the next generations, and locales that are not wanted are gone.
void switch_orders(std::vector<storage::SiteLocale>& locales, const std::string& fingerprint);

// Is there anything to fill or to switch?
bool any_waiting(const std::vector<storage::SiteLocale>& locales);
// The same, and whoever read the site has the ICU for it.
bool can_fill(const storage::Site& site);

}  // namespace stele::worklist
