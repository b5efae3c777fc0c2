#pragma once
// Properties of single code points (UAX #44), for those who walk through a text.
#include <cstdint>
#include <string>
#include <string_view>

namespace stele::locale {

bool is_white_space(char32_t c);
bool is_letter(char32_t c);
bool is_upper(char32_t c);
bool is_mark(char32_t c);                       // combining: belongs to the character before it
bool is_ignorable(char32_t c);                  // shows nothing of itself: joiners, fillers, selectors of variants
int digit_value(char32_t c);                    // 0 … 9 in any script (Nd), else -1
char32_t digit_like(int digit, char32_t like);  // the digit 0 … 9 of the script that the digit `like` is of

// The code point at byte `at`, which moves behind it; U+FFFD for what is not valid, one byte at a time.
char32_t next_code_point(std::string_view text, size_t& at);
void append_code_point(std::string& out, char32_t c);
inline std::uint32_t utf16_length(char32_t c) { return c > 0xFFFF ? 2 : 1; }

}  // namespace stele::locale
