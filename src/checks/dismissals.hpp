#pragma once
// Table check_dismissal.
#include <map>
#include <string>
#include <utility>

#include "src/checks/of_translation.hpp"
#include "src/content/segment.hpp"

namespace stele::checks {

struct StoredDismissal {
    Dismissal dismissal;
    content::Hash texts;  // over what was looked at
};
// By segment and finding (id_of).
using Dismissals = std::map<std::pair<std::string, std::string>, StoredDismissal>;
Dismissals find_dismissals(db::Connection& c, ArticleId id, const locale::Tag& locale);
// Forgets what was said of the segment's other texts.
void upsert_dismissal(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view segment,
                      std::string_view finding, const StoredDismissal& dismissal);
// False: there was none.
bool delete_dismissal(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view segment,
                      std::string_view finding);

}  // namespace stele::checks
