#pragma once
// From segments and targets to the numbers and the state of an edition (DESIGN: State).
#include <optional>

#include "src/editing/work.hpp"

namespace stele::editing {

struct Totals {
    content::Counts segments, words;
    Totals& operator+=(const Totals& other);
    Totals& operator-=(const Totals& other);
};

// What one source segment adds for a locale whose target has this basis (absent: missing).
Totals totals_of(const content::Hash& hash, std::int64_t words, const std::optional<content::Hash>& basis_hash);
// All of one translation.
Totals totals_of(const Source& source, const Work& work);
// The source's own: nothing missing, nothing outdated.
Totals source_totals(const Source& source);

struct EditionFacts {
    Totals totals;
    bool published = false;
    bool pending = false;
    std::string title;
    locale::Tag title_locale;
    bool is_source = false;
};
content::Edition edition_of(const storage::Article& article, const locale::Tag& locale, const EditionFacts& facts,
                            const std::optional<content::Edition>& before, Time now);
// Of one translation as it stands; `hash` is its working hash.
content::Edition edition_of(const Source& source, const Work& work, const content::Hash& hash, Time now);
content::Edition source_edition(const Source& source, const std::optional<content::Edition>& before,
                                const std::optional<content::Hash>& published_hash, Time now);

}  // namespace stele::editing
