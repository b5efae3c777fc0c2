#pragma once
#include <string>
#include <string_view>
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::locale {

// The words and numbers of a text as a search compares them: without case, marks and width ("Über" finds "uber"), each
// once, in the order of their bytes; at most 64 bytes each.
std::vector<std::string> search_words(std::string_view text, const Tag& tag);

}  // namespace stele::locale
