#include "src/locale/search_words.hpp"

// What a search compares (UTS 10 section 11 calls it a primary match; a fold is enough for titles, and has prefixes).
#include <unicode/normalizer2.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "src/locale/icu.hpp"
#include "src/locale/text.hpp"

namespace stele::locale {
namespace {

constexpr size_t longest = 64;  // bytes

std::string without_marks(std::string_view text) {
    UErrorCode status = U_ZERO_ERROR;
    const auto* normalizer = icu::Normalizer2::getNFKDInstance(status);
    check(status, "Normalizer2::getNFKDInstance");
    const auto apart = normalizer->normalize(utf16(text), status);
    check(status, "Normalizer2::normalize");
    icu::UnicodeString bare;
    for (int32_t at = 0; at < apart.length(); at = apart.moveIndex32(at, 1))
        if (u_charType(apart.char32At(at)) != U_NON_SPACING_MARK) bare.append(apart.char32At(at));
    return utf8(bare);
}

}  // namespace

std::vector<std::string> search_words(std::string_view text, const Tag& tag) {
    std::vector<std::string> words;
    const auto folded = fold_case(without_marks(text));
    for (const auto& piece : word_pieces(folded, tag)) {
        if (piece.kind == WordPiece::Kind::between) continue;
        auto size = std::min(piece.text.size(), longest);
        while (size < piece.text.size() && size > 0 && (static_cast<unsigned char>(piece.text[size]) & 0xC0) == 0x80)
            --size;
        words.emplace_back(piece.text.substr(0, size));
    }
    std::sort(words.begin(), words.end());
    words.erase(std::unique(words.begin(), words.end()), words.end());
    return words;
}

}  // namespace stele::locale
