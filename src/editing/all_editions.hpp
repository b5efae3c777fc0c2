#pragma once
// Every edition of an article, computed anew: for the rare writes that touch all locales (restore, another source
// locale, another priority).
#include <vector>

#include "src/editing/work.hpp"

namespace stele::editing {

std::vector<content::Edition> all_editions(db::Connection& c, const Source& source, Time now);

}  // namespace stele::editing
