#pragma once
// One transaction that changes the locales, with all that follows from it for the orders.
#include <chrono>
#include <functional>
#include <memory>
#include <vector>

#include "src/storage/site.hpp"
#include "src/storage/store.hpp"

namespace stele::worklist {

using Locales = std::vector<storage::SiteLocale>;

// Has the site no article at all, not even a deleted one?
bool has_no_articles(db::Connection& c);

// The newest ICU among the servers that were there lately makes the orders; where there is none, that of whoever asks.
// So two nodes with different ICUs never rebuild against each other, and an older one takes over when the newer is
// gone.
inline constexpr std::chrono::minutes server_is_gone{5};

// Do the locales as they are stored call for orders that are not planned yet (another ICU, another default)?
bool needs_planning(db::Connection& c, const Store& store, const storage::Site& site);

// Waits for the writes in flight, lets `edit` change the locales, plans the orders and stores what differs. What `edit`
// throws undoes everything. Raises the site's version.
void change_locales(const Store& store, const Actor& actor, const std::function<void(db::Connection&, Locales&)>& edit);

// Puts the filled orders in force if the locales are still those of `version`, and all their keys are made or soon
// made; false otherwise.
bool put_in_force(const Store& store, std::int64_t version);

}  // namespace stele::worklist
