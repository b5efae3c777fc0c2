// Names of languages and countries, and the direction of writing.
#include <unicode/brkiter.h>
#include <unicode/locdspnm.h>
#include <unicode/region.h>
#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <memory>

#include "src/locale/cache.hpp"
#include "src/locale/icu.hpp"
#include "src/locale/tag.hpp"

namespace stele::locale {
namespace {

constexpr size_t cached_names = 64;
constexpr size_t cached_pairs = 1'024;  // of a language and the one that it is named in
using Names = std::unique_ptr<icu::LocaleDisplayNames>;

const icu::LocaleDisplayNames& names_in(const Tag& tag, UDisplayContext capitalization) {
    thread_local BoundedCache<Names> plain(cached_names), listed(cached_names);
    auto& cache = capitalization == UDISPCTX_CAPITALIZATION_NONE ? plain : listed;
    return *cache.get(tag.text(), [&] {
        // Dialect names: "British English", not "English (United Kingdom)", where the language has the word.
        UDisplayContext contexts[] = {capitalization, UDISPCTX_DIALECT_NAMES};
        return Names(icu::LocaleDisplayNames::createInstance(icu_locale(tag), contexts, 2));
    });
}

// CLDR knows nothing of private use; the subtags say it themselves: "norsk bokmål (easy)".
std::string with_private_use(const std::string& name, const Tag& tag) {
    const auto at = tag.text().find("-x-");
    return at == std::string::npos ? name : name + " (" + tag.text().substr(at + 3) + ")";
}

}  // namespace

std::string_view name_of(Direction d) {
    switch (d) {
        case Direction::ltr:
            return "ltr";
        case Direction::rtl:
            return "rtl";
    }
    return "ltr";
}

namespace {

Direction find_direction(const Tag& tag) {
    auto locale = icu_locale(tag);
    UErrorCode status = U_ZERO_ERROR;
    if (!*locale.getScript()) locale.addLikelySubtags(status);
    if (U_FAILURE(status) || !*locale.getScript()) return Direction::ltr;
    const auto script = UScriptCode(u_getPropertyValueEnum(UCHAR_SCRIPT, locale.getScript()));
    return script >= 0 && uscript_isRightToLeft(script) ? Direction::rtl : Direction::ltr;
}

// CLDR capitalises lists in few languages ("norsk bokmål" stays); lists of languages want all alike.
void capitalise(icu::UnicodeString& name, const Tag& in) {
    UErrorCode status = U_ZERO_ERROR;
    const std::unique_ptr<icu::BreakIterator> whole(icu::BreakIterator::createSentenceInstance(icu_locale(in), status));
    check(status, "BreakIterator::createSentenceInstance");
    name.toTitle(whole.get(), icu_locale(in), U_TITLECASE_NO_LOWERCASE | U_TITLECASE_NO_BREAK_ADJUSTMENT);
}

std::string make_native_name(const Tag& tag) {
    icu::UnicodeString name;
    names_in(tag, UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU).localeDisplayName(icu_locale(tag), name);
    capitalise(name, tag);
    return with_private_use(utf8(name), tag);
}

std::string make_display_name(const Tag& tag, const Tag& in, UDisplayContext context) {
    icu::UnicodeString name;
    names_in(in, context).localeDisplayName(icu_locale(tag), name);
    if (context == UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU) capitalise(name, in);
    return with_private_use(utf8(name), tag);
}

}  // namespace

// Every item of a list says both of its language; found anew they cost more than the rest of the item.
Direction direction_of(const Tag& tag) {
    thread_local BoundedCache<Direction> directions(cached_names);
    return directions.get(tag.text(), [&] { return find_direction(tag); });
}

std::string native_name(const Tag& tag) {
    thread_local BoundedCache<std::string> names(cached_names);
    return names.get(tag.text(), [&] { return make_native_name(tag); });
}

std::string display_name(const Tag& tag, const Tag& in) {
    thread_local BoundedCache<std::string> names(cached_pairs);
    return names.get(tag.text() + ' ' + in.text(),
                     [&] { return make_display_name(tag, in, UDISPCTX_CAPITALIZATION_NONE); });
}

std::string label_of(const Tag& tag, const Tag& in) {
    thread_local BoundedCache<std::string> labels(cached_pairs);
    return labels.get(tag.text() + ' ' + in.text(),
                      [&] { return make_display_name(tag, in, UDISPCTX_CAPITALIZATION_FOR_UI_LIST_OR_MENU); });
}

std::string country_name(std::string_view region, const Tag& in) {
    std::string code(region);
    UErrorCode status = U_ZERO_ERROR;
    if (code.size() > 3 || !icu::Region::getInstance(code.c_str(), status) || U_FAILURE(status)) return code;
    icu::UnicodeString name;
    names_in(in, UDISPCTX_CAPITALIZATION_NONE).regionDisplayName(code.c_str(), name);
    return name.isEmpty() ? code : utf8(name);
}

}  // namespace stele::locale
