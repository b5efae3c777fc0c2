#include "src/locale/icu.hpp"

#include <unicode/stringpiece.h>

#include "src/base/error.hpp"

namespace stele::locale {

std::string without_private_use(const Tag& tag) { return tag.text().substr(0, tag.text().find("-x-")); }

icu::Locale icu_locale(const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    auto locale = icu::Locale::forLanguageTag(without_private_use(tag), status);
    check(status, "Locale::forLanguageTag");
    return locale;
}

icu::Locale gregorian_locale(const Tag& tag) {
    auto locale = icu_locale(tag);
    UErrorCode status = U_ZERO_ERROR;
    locale.setKeywordValue("calendar", "gregorian", status);
    check(status, "Locale::setKeywordValue");
    return locale;
}

icu::UnicodeString utf16(std::string_view text) {
    return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), int32_t(text.size())));
}

std::string utf8(const icu::UnicodeString& text) {
    std::string out;
    text.toUTF8String(out);
    return out;
}

void check(UErrorCode status, std::string_view operation) {
    if (U_SUCCESS(status)) return;
    throw Error(ErrorCode::internal, {}, {{"operation", std::string(operation)}, {"icu", u_errorName(status)}});
}

}  // namespace stele::locale
