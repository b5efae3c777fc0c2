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
// By segment and check.
using Dismissals = std::map<std::pair<std::string, std::string>, StoredDismissal>;
Dismissals find_dismissals(db::Connection& c, ArticleId id, const locale::Tag& locale);
void upsert_dismissal(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view segment,
                      std::string_view check, const StoredDismissal& dismissal);
void delete_dismissal(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view segment,
                      std::string_view check);

}  // namespace stele::checks
