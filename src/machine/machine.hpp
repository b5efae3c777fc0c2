#pragma once
// Machine translation of what is missing in a translation: an estimate before, drafts after. What a machine wrote has
// the origin "machine" until a person saves it; nothing is published by it.
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "src/editing/editing.hpp"
#include "src/machine/provider.hpp"
#include "src/storage/store.hpp"

namespace stele::machine {

// Words a month (of UTC) into a locale; 0 = as many as anybody wants.
struct Budget {
    std::int64_t words_a_month = 0;  // where the locale has no number of its own
    std::map<locale::Tag, std::int64_t> of_locale{};

    std::int64_t of(const locale::Tag& locale) const;
    // "20000, nb=50000, ar=0". Absent: `mistake` says what cannot be read.
    static std::optional<Budget> parse(std::string_view text, std::string& mistake);
};
struct Balance {
    std::int64_t used = 0;
    std::optional<std::int64_t> left;  // absent: no limit
};

struct Estimate {
    int segments = 0;
    std::int64_t words = 0;  // of their sources
    Balance balance;
};
// Throws not_found.
Estimate estimate(const Store& store, const Budget& budget, ArticleId id, const locale::Tag& locale);

struct Run {
    int translated = 0;
    std::vector<std::string> left_out;  // segments whose marks did not survive, or whose text would not fit the body
    int missing = 0;                    // still
    // Some were not tried: the time of one run is over, or after a part of them the budget was, or the service failed.
    // Whoever wants them calls again with this as `after`, and is told what is in the way.
    std::optional<std::string> next;
    std::int64_t words = 0;
    Balance balance;
    editing::Version version;
};
// One save for each call of the service, so that what is done stays done. `after`: `next` of the run before. Where not
// one call was made: throws what Provider::translate throws; conflict "machine-budget" (parameters words, left) where
// the words of the call are more than what is left.
Run translate_missing(const Store& store, Provider& provider, const Budget& budget, ArticleId id,
                      const locale::Tag& locale, const std::string& after, const Actor& actor);

}  // namespace stele::machine
