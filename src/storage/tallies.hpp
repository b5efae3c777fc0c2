#pragma once
// The counters: deltas appended in the transaction that changes what they count, summed by a read, folded later.
#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "src/content/edition.hpp"
#include "src/db/db.hpp"
#include "src/locale/tag.hpp"

namespace stele::storage {

// work: editions to translate, by bucket; source: editions of the source's own locale, by bucket; read: listed
// articles, by own (1 = published in the locale itself) and type, of one generation.
enum class Scope { work, source, read };
std::string_view name_of(Scope scope);

struct Tally {
    locale::Tag locale;
    Scope scope = Scope::work;
    std::int64_t generation = 0;  // of `read`
    int slot = 0;
    std::string type;  // of `read`
    std::int64_t articles = 0;
    content::Counts words;
};

// +1 for an edition that is there from now on, -1 for one that is not any more.
Tally tally_of(const content::Edition& edition, int sign);

// A row of (locale, scope, generation, slot, type, articles, words_total, words_missing, words_outdated).
Tally tally_from(const db::Row& row);

// Sums those of the same counter, leaves out what comes to nothing, and appends the rest.
void append_tallies(db::Connection& c, const std::vector<Tally>& tallies);

// The sums of `work` and `source` together, by bucket.
std::array<std::int64_t, 10> count_editions(db::Connection& c, const locale::Tag& locale);
// The listed articles of one generation; `own` = only what is published in the locale itself; `type` empty = all.
std::int64_t count_listed(db::Connection& c, const locale::Tag& locale, std::int64_t generation, bool own,
                          std::string_view type);
// All sums of `work` and `source`.
std::vector<Tally> sum_editions(db::Connection& c);
// All sums.
std::vector<Tally> sum_tallies(db::Connection& c);

}  // namespace stele::storage
