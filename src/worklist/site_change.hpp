#pragma once
// One transaction that changes the locales, with all that follows from it for the orders.
#include <functional>
#include <memory>
#include <vector>

#include "src/storage/site.hpp"
#include "src/storage/store.hpp"

namespace stele::worklist {

using Locales = std::vector<storage::SiteLocale>;

// Has the site no article at all, not even a deleted one?
bool has_no_articles(db::Connection& c);

// Do the locales as they are stored call for orders that are not planned yet (another ICU, another default)?
bool needs_planning(db::Connection& c, const storage::Site& site);

// Waits for the writes in flight, lets `edit` change the locales, plans the orders and stores what differs. What `edit`
// throws undoes everything. Raises the site's version.
void change_locales(const Store& store, const Actor& actor, const std::function<void(db::Connection&, Locales&)>& edit);

// Puts the filled orders in force if the locales are still those of `version`; false otherwise.
bool put_in_force(const Store& store, std::int64_t version);

}  // namespace stele::worklist
