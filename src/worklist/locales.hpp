#pragma once
// Enabling, ordering and chaining locales. A change that alters what readers of some locale get fills new orders beside
// the ones in force and switches to them in one transaction.
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "src/storage/site.hpp"
#include "src/storage/store.hpp"

namespace stele::worklist {

struct LocaleChange {
    std::optional<bool> enabled;
    std::optional<std::optional<std::vector<locale::Tag>>> fallback;  // present with absent inside = derived again
    std::optional<int> position;
};

// done and total count articles. Return false to stop (it goes on at the next call).
using Progress = std::function<bool(std::int64_t done, std::int64_t total)>;

// Records the change. `expected` = If-Match's version; absent is accepted only for a locale that is new (else
// precondition_required), a wrong one is version_conflict. Throws invalid: unknown members of the chain, the locale in
// its own chain, the site's default disabled; conflict "locale-in-use": disabling a locale that is the source of
// articles. On an empty site it is in force when this returns; otherwise call fill_orders.
storage::SiteLocale change_locale(const Store& store, const locale::Tag& tag, const LocaleChange& change,
                                  std::optional<std::int64_t> expected, const Actor& actor);

// Makes sure the site's default locale is enabled. Idempotent; called at start.
void ensure_default_locale(const Store& store);

// Is any order waiting to be filled (a new locale, a changed chain, another ICU) that this process can fill? Orders for
// another ICU than its own are left to the servers that have it.
bool needs_filling(const Store& store);
// Fills what waits, in batches that each lock only their own articles, then switches. Safe beside writers and readers,
// safe to stop and to repeat.
void fill_orders(const Store& store, const Progress& progress = {});

// What a server does from time to time, and while it fills: it says that it is there, since the newest ICU of those
// that are makes the orders. Writes at most once a minute.
void announce_icu(const Store& store);
// Makes the keys of titles that nodes with another ICU wrote into the orders of ours.
void key_placed_titles(const Store& store);

// Recomputes every edition, listing row and tally from texts and publications alone; one line per difference.
std::vector<std::string> check_editions(const Store& store);
// The same of these articles alone; counters are of all articles, so they are left out.
std::vector<std::string> check_editions(const Store& store, const std::vector<ArticleId>& articles);

}  // namespace stele::worklist
