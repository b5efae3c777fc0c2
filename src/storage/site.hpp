#pragma once
// The locales in force, as one immutable value read inside a transaction.
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "src/db/db.hpp"
#include "src/locale/chain.hpp"
#include "src/locale/collate.hpp"
#include "src/locale/tag.hpp"
#include "src/storage/store.hpp"

namespace stele::storage {

// An order of a locale's lists: the fallback chain it was resolved through and the number that its rows carry.
struct Generation {
    std::int64_t number = 0;
    std::vector<locale::Tag> chain;
    friend bool operator==(const Generation&, const Generation&) = default;
};

struct SiteLocale {
    locale::Tag tag;
    bool wanted = true;                                // an administrator wants it enabled
    std::optional<std::vector<locale::Tag>> fallback;  // as configured; absent = derived
    int position = 0;
    std::int64_t version = 1;          // its ETag
    std::optional<Generation> active;  // in force: readers are served
    std::optional<Generation> next;    // being filled
    std::string fingerprint;           // of ICU, when the active generation was filled
    std::int64_t filled_to = 0;        // highest article id that the next generation has (read uncached)

    bool tracked() const { return active || next; }  // has editions that every write keeps
    friend bool operator==(const SiteLocale&, const SiteLocale&) = default;
};

struct Site {
    std::int64_t version = 0;
    std::vector<SiteLocale> locales;  // by position, then tag; also those that are not enabled any more
    locale::Tag default_locale;
    std::string filling;          // fingerprint of ICU that the next generations are for; empty when none ever was
    locale::Collation collation;  // of whoever reads this: what its own keys are made by

    // Are the keys that the reader makes those of the generation? In orders of another ICU they have no place.
    bool has_keys_of_active(const SiteLocale& l) const { return l.fingerprint == collation.fingerprint(); }
    bool has_keys_of_next() const { return filling == collation.fingerprint(); }
    const SiteLocale* find(const locale::Tag& tag) const;          // any
    const SiteLocale* find_enabled(const locale::Tag& tag) const;  // served to readers now
    std::vector<locale::Enabled> enabled() const;                  // served to readers now, for negotiation
};

// Costs a short row: the Sites that this process read last are kept, by a stamp that each change renews. Whoever
// writes orders takes the keys of the store; to read them any will do.
std::shared_ptr<const Site> read_site(db::Connection& c, const Store& store);
std::shared_ptr<const Site> read_site(db::Connection& c, const locale::Tag& default_locale);

// As it is stored now, filled_to included (progress does not raise the version).
std::shared_ptr<const Site> read_site_uncached(db::Connection& c, const Store& store);
std::shared_ptr<const Site> read_site_uncached(db::Connection& c, const locale::Tag& default_locale);

// Inside a write: the locales may not change until this transaction ends, and are those of `version`; false when they
// have changed since it was read (the caller reads again and recomputes). Call it after the article's seq was raised.
bool hold_site(db::Transaction& t, std::int64_t version);
// Inside a change of the locales: waits for every write in flight, then raises and returns the version.
// (Inside it only read_site_uncached: what is kept by the new stamp has to be the locales after the change.)
std::int64_t change_site(db::Transaction& t);
void upsert_locale(db::Transaction& t, const SiteLocale& l, Time now);

void set_filling_fingerprint(db::Transaction& t, const std::string& fingerprint);
// How far the next generation of `l` is filled; nothing when another one has been planned since.
void set_filled_to(db::Transaction& t, const SiteLocale& l, std::int64_t article);

}  // namespace stele::storage
