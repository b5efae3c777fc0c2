// The width of text in a terminal (UAX #11; marks and joined emoji by grapheme, as terminals draw them).
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <algorithm>

#include "src/locale/breaks.hpp"
#include "src/locale/text.hpp"

namespace stele::locale {
namespace {

constexpr UChar32 emoji_selector = 0xFE0F;  // VARIATION SELECTOR-16: the character before it is drawn as an emoji
constexpr UChar32 joiner = 0x200D;

int cells_of(UChar32 c) {
    if (c < 0) return 1;  // U+FFFD is drawn in place of a bad byte
    switch (u_charType(c)) {
        case U_NON_SPACING_MARK:
        case U_ENCLOSING_MARK:
        case U_CONTROL_CHAR:
        case U_FORMAT_CHAR:
            return 0;
        default:
            break;
    }
    // Medial vowels and final consonants of a Hangul syllable stand inside the cells of its first one.
    const auto syllable = u_getIntPropertyValue(c, UCHAR_HANGUL_SYLLABLE_TYPE);
    if (syllable == U_HST_VOWEL_JAMO || syllable == U_HST_TRAILING_JAMO) return 0;
    const auto width = u_getIntPropertyValue(c, UCHAR_EAST_ASIAN_WIDTH);
    return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

int cells_of_grapheme(std::string_view grapheme) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(grapheme.data());
    const auto size = int32_t(grapheme.size());
    int cells = 0, flags = 0;
    bool one_emoji = false;
    UChar32 first = -1;
    for (int32_t at = 0; at < size;) {
        UChar32 c;
        U8_NEXT(bytes, at, size, c);
        if (first < 0) first = c;
        cells += cells_of(c);
        flags += c >= 0 && u_hasBinaryProperty(c, UCHAR_REGIONAL_INDICATOR);
        one_emoji |= c == emoji_selector || c == joiner || (c >= 0 && u_hasBinaryProperty(c, UCHAR_EMOJI_MODIFIER));
    }
    const bool emoji = first >= 0 && u_hasBinaryProperty(first, UCHAR_EMOJI);
    if (flags == 2 || (emoji && one_emoji)) return 2;
    return cells;
}

bool is_plain_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c >= ' ' && c <= '~'; });
}

}  // namespace

int display_width(std::string_view text) {
    if (is_plain_ascii(text)) return int(text.size());
    int cells = 0;
    each_grapheme(text, [&](std::string_view grapheme) {
        cells += cells_of_grapheme(grapheme);
        return true;
    });
    return cells;
}

std::string cut_to_width(std::string_view text, int cells) {
    if (cells <= 0) return {};
    int used = 0;
    size_t fitting = 0;  // bytes that leave one cell for the ellipsis
    bool cut = false;
    each_grapheme(text, [&](std::string_view grapheme) {
        used += cells_of_grapheme(grapheme);
        if (used > cells) cut = true;
        if (used <= cells - 1) fitting = size_t(grapheme.data() + grapheme.size() - text.data());
        return !cut;
    });
    return cut ? std::string(text.substr(0, fitting)) + "…" : std::string(text);
}

}  // namespace stele::locale
