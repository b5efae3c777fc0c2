#pragma once
#include <string>

#include "src/locale/tag.hpp"

namespace stele::locale {

// The numbering system that format_number() and messages write in (CLDR): "latn", "arab".
std::string digits_of(const Tag& tag);

}  // namespace stele::locale
