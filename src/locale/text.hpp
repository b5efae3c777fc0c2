#pragma once
// Boundaries and forms of Unicode text.
#include <string>
#include <string_view>
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::locale {

bool is_utf8(std::string_view text);  // valid UTF-8, no surrogates (RFC 3629); NUL is a matter of the caller
std::string nfc(std::string_view text);
// NFC; every run of White_Space (U+00A0 and U+202F too) as one space; ends trimmed.
std::string normalize_space(std::string_view text);
std::int64_t count_words(std::string_view text, const Tag& tag);  // BreakIterator words (UAX #29), numbers count too
// The text cut at word boundaries: words, and what lies between, all bytes kept in order.
std::vector<std::string_view> word_tokens(std::string_view text, const Tag& tag);
// The same, with what each is.
struct WordPiece {
    std::string_view text;
    enum class Kind { between, number, word } kind;
};
std::vector<WordPiece> word_pieces(std::string_view text, const Tag& tag);
std::vector<std::string_view> sentences(std::string_view text, const Tag& tag);
std::string fold_case(std::string_view text);  // locale-independent
std::string lower(std::string_view text, const Tag& tag);
// Cells a terminal uses: East Asian wide and emoji 2, marks and controls 0 (UAX #11).
int display_width(std::string_view text);
std::string cut_to_width(std::string_view text, int cells);  // ends in "…" where cut, at grapheme boundaries
// ASCII letters, digits and hyphens for a URL, by ICU transliteration with the locale's own rules where it has them
// (de: ä -> ae; ru, uk, ar and others: BGN), else by those for all (nb: å -> a, ø -> o, æ -> ae). At most 80
// characters, cut at a hyphen. Empty when nothing is left.
std::string slug_from(std::string_view title, const Tag& tag);
// Cut at most `max_chars` code points, never inside a grapheme.
std::string cut_chars(std::string_view text, size_t max_chars);
size_t count_chars(std::string_view text);  // code points

}  // namespace stele::locale
