#include "src/content/code_points.hpp"

#include <algorithm>
#include <array>

namespace stele::content {
namespace {

struct Range {
    char32_t first, last;
};

// Blocks that hold spaces, punctuation, formats and non-characters (Unicode 15, Blocks.txt).
constexpr std::array<Range, 17> wordless = {{
    {0x80, 0xA9},      // C1 controls, Latin-1 punctuation up to the copyright sign
    {0xAB, 0xB4},      // (U+00AA is a letter)
    {0xB6, 0xB9},      // (U+00B5 is a letter)
    {0xBB, 0xBF},      // (U+00BA is a letter)
    {0x60C, 0x60D},    // Arabic commas
    {0x61B, 0x61F},    // Arabic semicolon, marks and question mark
    {0x6D4, 0x6D4},    // Arabic full stop
    {0x964, 0x965},    // danda
    {0x1680, 0x1680},  // Ogham space
    {0x2000, 0x206F},  // General Punctuation: spaces, dashes, quotes, bidi and joining controls
    {0x3000, 0x3004},  // CJK space, comma, full stop
    {0x3008, 0x3020},  // CJK brackets
    {0xE000, 0xF8FF},  // private use
    {0xFE10, 0xFE1F},  // vertical forms
    {0xFE30, 0xFE6F},  // CJK compatibility and small forms
    {0xFEFF, 0xFF0F},  // byte order mark, fullwidth punctuation
    {0xFFF0, 0xFFFF},  // specials
}};

bool is_ascii_word(char32_t c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }

}  // namespace

char32_t next_code_point(std::string_view text, size_t& pos) {
    const auto byte = [&](size_t at) { return static_cast<unsigned char>(text[at]); };
    const unsigned char lead = byte(pos++);
    if (lead < 0x80) return lead;
    const int more = lead >= 0xF0 ? 3 : lead >= 0xE0 ? 2 : 1;
    if (lead < 0xC2 || lead > 0xF4 || pos + more > text.size()) return 0xFFFD;
    char32_t c = lead & (0x3F >> more);
    for (int i = 0; i < more; ++i) {
        if ((byte(pos + i) & 0xC0) != 0x80) return 0xFFFD;
        c = (c << 6) | (byte(pos + i) & 0x3F);
    }
    pos += more;
    return c;
}

bool is_word_char(char32_t c) {
    if (c < 0x80) return is_ascii_word(c);
    if (c > 0xE0000) return false;  // tags, variation selectors, private planes
    const auto after = std::upper_bound(wordless.begin(), wordless.end(), c,
                                        [](char32_t value, const Range& range) { return value < range.first; });
    return after == wordless.begin() || c > std::prev(after)->last;
}

bool is_word(std::string_view token) {
    for (size_t pos = 0; pos < token.size();)
        if (is_word_char(next_code_point(token, pos))) return true;
    return false;
}

}  // namespace stele::content
