#include "src/locale/opaque_string.hpp"

#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include "src/locale/text.hpp"

namespace stele::locale {
namespace {

bool may_stand(UChar32 c) {
    switch (u_charType(c)) {
        case U_UNASSIGNED:  // noncharacters, too
        case U_CONTROL_CHAR:
        case U_SURROGATE:
        case U_LINE_SEPARATOR:
        case U_PARAGRAPH_SEPARATOR:
            return false;
        default:
            return true;
    }
}

}  // namespace

std::optional<std::string> opaque_string(std::string_view text) {
    if (text.empty() || !is_utf8(text)) return std::nullopt;
    std::string mapped;
    mapped.reserve(text.size());
    const auto size = std::int32_t(text.size());
    for (std::int32_t i = 0; i < size;) {
        const auto begin = i;
        UChar32 c = 0;
        U8_NEXT(text.data(), i, size, c);
        if (!may_stand(c)) return std::nullopt;
        if (u_charType(c) == U_SPACE_SEPARATOR)
            mapped += ' ';
        else
            mapped += text.substr(size_t(begin), size_t(i - begin));
    }
    return nfc(mapped);
}

}  // namespace stele::locale
