#pragma once
// Machine translation of what is missing in a translation: an estimate before, drafts after. What a machine wrote has
// the origin "machine" until a person saves it; nothing is published by it.
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "src/editing/editing.hpp"
#include "src/machine/provider.hpp"
#include "src/storage/store.hpp"

namespace stele::machine {

// Words a month (of UTC) into each locale; 0 = as many as anybody wants.
struct Budget {
    std::int64_t words_a_month = 0;
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
    // The time of one run is over and some were not tried: whoever wants them calls again, from `after` on.
    std::optional<std::string> next;
    std::int64_t words = 0;
    Balance balance;
    editing::Version version;
};
// One save for each call of the service, so that what is done stays done. `after`: the segment behind which to begin.
// Throws what Provider::translate throws; conflict "machine-budget" (parameters words, left) where the words of the
// next call are more than what is left, and nothing was translated yet.
Run translate_missing(const Store& store, Provider& provider, const Budget& budget, ArticleId id,
                      const locale::Tag& locale, const std::string& after, const Actor& actor);

}  // namespace stele::machine
