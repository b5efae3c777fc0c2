#pragma once
// Names of languages that stand alone: over a column, on a tab, in a list.
#include "src/locale/tag.hpp"

namespace stele::locale {

// display_name() with a capital: "Norsk bokmål" in nb.
std::string label_of(const Tag& tag, const Tag& in);

}  // namespace stele::locale
