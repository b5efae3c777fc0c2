#pragma once
// Table check_dismissal.
#include <compare>
#include <map>
#include <string>

#include "src/checks/of_translation.hpp"
#include "src/content/segment.hpp"

namespace stele::checks {

// Of which finding (id_of), and of what was looked at.
struct DismissalKey {
    std::string segment, finding;
    content::Hash texts;  // over the source's and the target's
    // clang-tidy 14 takes the 0 of the comparison that is made here for a null pointer.
    friend auto operator<=>(const DismissalKey&, const DismissalKey&) = default;  // NOLINT(modernize-use-nullptr)
};
using Dismissals = std::map<DismissalKey, Dismissal>;
Dismissals find_dismissals(db::Connection& c, ArticleId id, const locale::Tag& locale);
void upsert_dismissal(db::Transaction& t, ArticleId id, const locale::Tag& locale, const DismissalKey& key,
                      const Dismissal& dismissal);
// Those of the segment that are neither of the text as it was `saved` nor of the `seen` one; they are returned.
Dismissals forget_others(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view segment,
                         const content::Hash& saved, const content::Hash& seen);
// Of whatever text. False: there was none.
bool delete_dismissal(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view segment,
                      std::string_view finding);

}  // namespace stele::checks
