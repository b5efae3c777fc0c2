#include "src/locale/format.hpp"

#include <unicode/listformatter.h>
#include <unicode/numberformatter.h>
#include <unicode/plurrule.h>
#include <unicode/strenum.h>

#include <algorithm>
#include <memory>

#include "src/locale/cache.hpp"
#include "src/locale/icu.hpp"

namespace stele::locale {
namespace {

constexpr size_t cached_formatters = 32;
using Number = icu::number::LocalizedNumberFormatter;

const Number& number_formatter(const Tag& tag) {
    thread_local BoundedCache<Number> formatters(cached_formatters);
    return formatters.get(tag.text(), [&] { return icu::number::NumberFormatter::withLocale(icu_locale(tag)); });
}

const Number& percent_formatter(const Tag& tag) {
    thread_local BoundedCache<Number> formatters(cached_formatters);
    return formatters.get(tag.text(), [&] {
        using namespace icu::number;
        // Rounded down: 99.96 % of a translation is not 100 %.
        return NumberFormatter::withLocale(icu_locale(tag))
            .unit(icu::NoUnit::percent())
            .scale(Scale::powerOfTen(2))
            .precision(Precision::maxFraction(1))
            .roundingMode(UNUM_ROUND_DOWN);
    });
}

std::string text_of(const icu::number::FormattedNumber& number, UErrorCode status) {
    check(status, "NumberFormatter::format");
    auto text = number.toString(status);
    check(status, "FormattedNumber::toString");
    return utf8(text);
}

using ListFormatter = std::unique_ptr<icu::ListFormatter>;

const icu::ListFormatter& list_formatter(const Tag& tag) {
    thread_local BoundedCache<ListFormatter> formatters(cached_formatters);
    return *formatters.get(tag.text(), [&] {
        UErrorCode status = U_ZERO_ERROR;
        ListFormatter made(icu::ListFormatter::createInstance(icu_locale(tag), status));
        check(status, "ListFormatter::createInstance");
        return made;
    });
}

using PluralRules = std::unique_ptr<icu::PluralRules>;

const icu::PluralRules& plural_rules(const Tag& tag) {
    thread_local BoundedCache<PluralRules> rules(cached_formatters);
    return *rules.get(tag.text(), [&] {
        UErrorCode status = U_ZERO_ERROR;
        PluralRules made(icu::PluralRules::forLocale(icu_locale(tag), status));
        check(status, "PluralRules::forLocale");
        return made;
    });
}

}  // namespace

std::string format_number(std::int64_t n, const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    return text_of(number_formatter(tag).formatInt(n, status), status);
}

std::string format_number(double n, const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    return text_of(number_formatter(tag).formatDouble(n, status), status);
}

std::string format_percent(double fraction, const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    return text_of(percent_formatter(tag).formatDouble(fraction, status), status);
}

std::string format_list(const std::vector<std::string>& items, const Tag& tag) {
    std::vector<icu::UnicodeString> parts;
    parts.reserve(items.size());
    for (const auto& item : items) parts.push_back(utf16(item));
    icu::UnicodeString text;
    UErrorCode status = U_ZERO_ERROR;
    list_formatter(tag).format(parts.data(), int32_t(parts.size()), text, status);
    check(status, "ListFormatter::format");
    return utf8(text);
}

std::string plural_category(double n, const Tag& tag) { return utf8(plural_rules(tag).select(n)); }

std::vector<std::string> plural_categories(const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::StringEnumeration> keywords(plural_rules(tag).getKeywords(status));
    check(status, "PluralRules::getKeywords");
    std::vector<std::string> categories;
    while (const auto* keyword = keywords->snext(status)) categories.push_back(utf8(*keyword));
    std::sort(categories.begin(), categories.end());
    return categories;
}

}  // namespace stele::locale
