// Forms of Unicode text: validity, normalisation, case.
#include "src/locale/text.hpp"

#include <unicode/bytestream.h>
#include <unicode/casemap.h>
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/utf8.h>

#include <cstring>

#include "src/locale/icu.hpp"

namespace stele::locale {
namespace {

// The length of the ASCII at the front, eight bytes at a time: most bytes that arrive are markup and Latin.
size_t ascii_prefix(std::string_view text) {
    size_t at = 0;
    for (; at + 8 <= text.size(); at += 8) {
        std::uint64_t word;
        std::memcpy(&word, text.data() + at, 8);
        if (word & 0x8080808080808080u) break;
    }
    while (at < text.size() && static_cast<unsigned char>(text[at]) < 0x80) ++at;
    return at;
}

icu::StringPiece piece(std::string_view text) { return {text.data(), int32_t(text.size())}; }

bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

// The White_Space at `at` as its length in bytes, 0 when there is none.
int32_t space_length(std::string_view text, size_t at) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    if (bytes[at] < 0x80) return is_ascii_space(text[at]) ? 1 : 0;
    // Lead bytes of all White_Space beyond ASCII: U+0085, U+00A0, U+1680, U+2000..U+205F, U+3000.
    if (bytes[at] != 0xC2 && bytes[at] != 0xE1 && bytes[at] != 0xE2 && bytes[at] != 0xE3) return 0;
    auto end = int32_t(at);
    UChar32 c;
    U8_NEXT(bytes, end, int32_t(text.size()), c);
    return c >= 0 && u_isUWhiteSpace(c) ? end - int32_t(at) : 0;
}

}  // namespace

bool is_utf8(std::string_view text) {
    const auto* bytes = reinterpret_cast<const std::uint8_t*>(text.data());
    const auto size = std::int64_t(text.size());
    for (std::int64_t at = 0;;) {
        at += std::int64_t(ascii_prefix(text.substr(size_t(at))));
        if (at == size) return true;
        while (at < size && bytes[at] >= 0x80) {
            UChar32 c;
            U8_NEXT(bytes, at, size, c);
            if (c < 0) return false;
        }
    }
}

std::string nfc(std::string_view text) {
    if (ascii_prefix(text) == text.size()) return std::string(text);
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFCInstance(status);
    check(status, "Normalizer2::getNFCInstance");
    std::string out;
    out.reserve(text.size());
    icu::StringByteSink<std::string> sink(&out);
    normalizer->normalizeUTF8(0, piece(text), sink, nullptr, status);
    check(status, "Normalizer2::normalizeUTF8");
    return out;
}

std::string normalize_space(std::string_view text) {
    const auto composed = nfc(text);
    std::string out;
    out.reserve(composed.size());
    bool space = false;
    for (size_t at = 0; at < composed.size();) {
        if (const auto length = space_length(composed, at)) {
            space = true;
            at += size_t(length);
            continue;
        }
        if (space && !out.empty()) out += ' ';
        space = false;
        out += composed[at++];
    }
    return out;
}

std::string fold_case(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    icu::CaseMap::utf8Fold(0, piece(text), sink, nullptr, status);
    check(status, "CaseMap::utf8Fold");
    return out;
}

std::string lower(std::string_view text, const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    std::string out;
    icu::StringByteSink<std::string> sink(&out);
    icu::CaseMap::utf8ToLower(icu_locale(tag).getName(), 0, piece(text), sink, nullptr, status);
    check(status, "CaseMap::utf8ToLower");
    return out;
}

size_t count_chars(std::string_view text) {
    size_t count = 0;
    for (const char c : text) count += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    return count;
}

}  // namespace stele::locale
