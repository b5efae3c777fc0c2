#pragma once
// For the files of this folder only: the way between our values and ICU's.
#include <unicode/locid.h>
#include <unicode/unistr.h>
#include <unicode/utypes.h>

#include <string>
#include <string_view>

#include "src/locale/tag.hpp"

namespace stele::locale {

// ICU has no data for private use subtags: nb-x-easy is sorted, formatted and broken into words as nb.
std::string without_private_use(const Tag& tag);
icu::Locale icu_locale(const Tag& tag);
// The same with Gregorian dates, also where CLDR's default is another calendar (th, fa, ar-SA).
icu::Locale gregorian_locale(const Tag& tag);

icu::UnicodeString utf16(std::string_view text);  // an invalid byte becomes U+FFFD
std::string utf8(const icu::UnicodeString& text);

// Throws Error::internal naming the operation: missing data or memory, never the user's fault.
void check(UErrorCode status, std::string_view operation);

}  // namespace stele::locale
