#include "src/locale/characters.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

namespace stele::locale {

bool is_white_space(char32_t c) { return u_isUWhiteSpace(UChar32(c)) != 0; }
bool is_letter(char32_t c) { return u_isUAlphabetic(UChar32(c)) != 0; }
bool is_upper(char32_t c) { return u_isUUppercase(UChar32(c)) != 0; }

bool is_mark(char32_t c) { return (U_GET_GC_MASK(UChar32(c)) & U_GC_M_MASK) != 0; }

bool is_ignorable(char32_t c) { return u_hasBinaryProperty(UChar32(c), UCHAR_DEFAULT_IGNORABLE_CODE_POINT) != 0; }

int digit_value(char32_t c) {
    if (c >= U'0' && c <= U'9') return int(c - U'0');
    return c < 0x80 ? -1 : u_charDigitValue(UChar32(c));
}

char32_t digit_like(int digit, char32_t like) { return like - char32_t(digit_value(like)) + char32_t(digit); }

char32_t next_code_point(std::string_view text, size_t& at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    if (bytes[at] < 0x80) return bytes[at++];
    auto end = std::int64_t(at);
    UChar32 c;
    U8_NEXT(bytes, end, std::int64_t(text.size()), c);
    if (c < 0) {
        ++at;
        return 0xFFFD;
    }
    at = size_t(end);
    return char32_t(c);
}

void append_code_point(std::string& out, char32_t c) {
    if (c < 0x80) {
        out += char(c);
        return;
    }
    std::uint8_t bytes[U8_MAX_LENGTH];
    std::int32_t length = 0;
    UBool failed = false;
    U8_APPEND(bytes, length, U8_MAX_LENGTH, UChar32(c), failed);
    if (!failed) out.append(reinterpret_cast<const char*>(bytes), size_t(length));
}

}  // namespace stele::locale
