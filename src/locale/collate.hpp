#pragma once
// The order of a locale: ICU sort keys by CLDR's defaults of the tag (UTS #10, UTS #35 part 5).
#include <cstdint>
#include <string>
#include <string_view>

#include "src/locale/tag.hpp"

namespace stele::locale {

inline constexpr size_t max_sort_key_bytes = 1024;

// Bytes whose memcmp order is the locale's order. Cut at max_sort_key_bytes; ties are the caller's (article id).
// The final zero byte of ICU is left out.
std::string sort_key(std::string_view text, const Tag& tag);
// The same order by ICU in memory, for tests and for lists that are not stored: <0, 0, >0.
int compare(std::string_view a, std::string_view b, const Tag& tag);

// ICU's version and a hash over the keys of probe strings in many locales: keys made under another fingerprint are not
// comparable with ours and must be rebuilt.
std::string sort_fingerprint();

}  // namespace stele::locale
