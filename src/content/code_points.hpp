#pragma once
// Code points of UTF-8 text, and which of them make words. The full tables of Unicode are the locale folder's; what is
// asked here (does a piece between two word boundaries say anything?) needs the blocks of spaces and punctuation only.
#include <string_view>

namespace stele::content {

// The code point at `pos`, which moves behind it; U+FFFD for a byte that is not UTF-8 (moves by one).
char32_t next_code_point(std::string_view text, size_t& pos);

// Letters, digits, marks, symbols of other scripts and emoji; not spaces, punctuation, controls, private use.
bool is_word_char(char32_t c);

// Does a token of locale::word_tokens say anything?
bool is_word(std::string_view token);

}  // namespace stele::content
