#pragma once
// The pages of a locale stand at its tag, so no article may have an address or a key that reads as it.
#include "src/db/db.hpp"
#include "src/worklist/site_change.hpp"

namespace stele::worklist {

// Throws taken (reason "tag-taken"; members: article_id) where an article, deleted or not, has such a name.
void check_names(db::Connection& c, const Locales& locales, const locale::Tag& tag);

}  // namespace stele::worklist
