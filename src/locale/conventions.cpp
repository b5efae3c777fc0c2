#include "src/locale/conventions.hpp"

#include <unicode/dcfmtsym.h>
#include <unicode/dtfmtsym.h>
#include <unicode/rbnf.h>
#include <unicode/ulocdata.h>

#include <algorithm>
#include <memory>

#include "src/locale/cache.hpp"
#include "src/locale/characters.hpp"
#include "src/locale/icu.hpp"
#include "src/locale/text.hpp"

namespace stele::locale {
namespace {

constexpr size_t cached_conventions = 64;
constexpr size_t cached_numbers = 512;

struct CloseData {
    void operator()(ULocaleData* data) const { ulocdata_close(data); }
};

char32_t delimiter(ULocaleData* data, ULocaleDataDelimiterType type) {
    UChar text[8];
    UErrorCode status = U_ZERO_ERROR;
    const auto length = ulocdata_getDelimiter(data, type, text, 8, &status);
    check(status, "ulocdata_getDelimiter");
    return length > 0 ? char32_t(icu::UnicodeString(false, text, length).char32At(0)) : U'"';
}

Quotes load_quotes(const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<ULocaleData, CloseData> data(ulocdata_open(icu_locale(tag).getName(), &status));
    check(status, "ulocdata_open");
    return {delimiter(data.get(), ULOCDATA_QUOTATION_START), delimiter(data.get(), ULOCDATA_QUOTATION_END),
            delimiter(data.get(), ULOCDATA_ALT_QUOTATION_START), delimiter(data.get(), ULOCDATA_ALT_QUOTATION_END)};
}

NumberSigns load_signs(const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DecimalFormatSymbols symbols(icu_locale(tag), status);
    check(status, "DecimalFormatSymbols");
    const auto sign = [&](icu::DecimalFormatSymbols::ENumberFormatSymbol which) {
        return char32_t(symbols.getSymbol(which).char32At(0));
    };
    return {sign(icu::DecimalFormatSymbols::kDecimalSeparatorSymbol),
            sign(icu::DecimalFormatSymbols::kGroupingSeparatorSymbol)};
}

std::vector<std::string> load_day_halves(const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    const icu::DateFormatSymbols symbols(icu_locale(tag), status);
    check(status, "DateFormatSymbols");
    int32_t count = 0;
    const auto* names = symbols.getAmPmStrings(count);
    std::vector<std::string> words;
    for (int32_t i = 0; i < count; ++i) words.push_back(fold_case(utf8(names[i])));
    return words;
}

using Speller = std::unique_ptr<icu::RuleBasedNumberFormat>;

Speller make_speller(const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    auto speller = std::make_unique<icu::RuleBasedNumberFormat>(icu::URBNF_SPELLOUT, icu_locale(tag), status);
    return U_FAILURE(status) ? nullptr : std::move(speller);
}

bool has_digit(std::string_view text) {
    for (size_t at = 0; at < text.size();)
        if (digit_value(next_code_point(text, at)) >= 0) return true;
    return false;
}

std::vector<std::string> spell(icu::RuleBasedNumberFormat& speller, std::int64_t n, const Tag& tag) {
    std::vector<std::string> words;
    for (int32_t i = 0; i < speller.getNumberOfRuleSetNames(); ++i) {
        const auto set = speller.getRuleSetName(i);
        if (!set.startsWith(u"%spellout-")) continue;
        UErrorCode status = U_ZERO_ERROR;
        icu::UnicodeString text;
        icu::FieldPosition position;
        speller.format(n, set, text, position, status);
        if (U_FAILURE(status)) continue;
        // Soft hyphens stand where a long word may be broken.
        text.findAndReplace(icu::UnicodeString(u"\u00AD"), icu::UnicodeString());
        auto word = lower(utf8(text), tag);
        if (!word.empty() && !has_digit(word) && std::find(words.begin(), words.end(), word) == words.end())
            words.push_back(std::move(word));
    }
    return words;
}

}  // namespace

const Quotes& quotes_of(const Tag& tag) {
    thread_local BoundedCache<Quotes> kept(cached_conventions);
    return kept.get(tag.text(), [&] { return load_quotes(tag); });
}

const NumberSigns& number_signs_of(const Tag& tag) {
    thread_local BoundedCache<NumberSigns> kept(cached_conventions);
    return kept.get(tag.text(), [&] { return load_signs(tag); });
}

const std::vector<std::string>& day_halves(const Tag& tag) {
    thread_local BoundedCache<std::vector<std::string>> kept(cached_conventions);
    return kept.get(tag.text(), [&] { return load_day_halves(tag); });
}

const std::vector<std::string>& spelled_out(std::int64_t n, const Tag& tag) {
    thread_local BoundedCache<Speller> spellers(16);
    thread_local BoundedCache<std::vector<std::string>> kept(cached_numbers);
    return kept.get(tag.text() + ' ' + std::to_string(n), [&] {
        const auto& speller = spellers.get(tag.text(), [&] { return make_speller(tag); });
        return speller ? spell(*speller, n, tag) : std::vector<std::string>{};
    });
}

}  // namespace stele::locale
