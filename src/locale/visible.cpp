#include "src/locale/visible.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstdint>

namespace stele::locale {
namespace {

bool is_visible(UChar32 c) {
    constexpr UChar32 braille_blank = 0x2800;  // a symbol by its category, and empty
    if (c < 0 || c == braille_blank || u_isUWhiteSpace(c) || u_iscntrl(c)) return false;
    return !u_hasBinaryProperty(c, UCHAR_DEFAULT_IGNORABLE_CODE_POINT);
}

}  // namespace

bool has_visible(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = std::int64_t(text.size());
    for (std::int64_t at = 0; at < size;) {
        UChar32 c;
        U8_NEXT(bytes, at, size, c);
        if (is_visible(c)) return true;
    }
    return false;
}

}  // namespace stele::locale
