// Words, sentences and graphemes (UAX #29 with CLDR's tailorings, ICU's dictionaries where there are no spaces).
#include "src/locale/breaks.hpp"

#include <unicode/brkiter.h>
#include <unicode/utext.h>

#include <memory>

#include "src/locale/cache.hpp"
#include "src/locale/icu.hpp"
#include "src/locale/text.hpp"

namespace stele::locale {
namespace {

constexpr size_t cached_iterators = 32;
using Iterator = std::unique_ptr<icu::BreakIterator>;

Iterator make_iterator(Unit unit, const Tag& tag) {
    auto locale = icu_locale(tag);
    UErrorCode status = U_ZERO_ERROR;
    // UTS 35 "Unicode Sentence Break Suppressions": no end after "Dr." where CLDR lists the abbreviation.
    if (unit == Unit::sentence) locale.setUnicodeKeywordValue("ss", "standard", status);
    Iterator made;
    switch (unit) {
        case Unit::grapheme:
            made.reset(icu::BreakIterator::createCharacterInstance(locale, status));
            break;
        case Unit::word:
            made.reset(icu::BreakIterator::createWordInstance(locale, status));
            break;
        case Unit::sentence:
            made.reset(icu::BreakIterator::createSentenceInstance(locale, status));
            break;
    }
    check(status, "BreakIterator::createInstance");
    return made;
}

icu::BreakIterator& iterator_for(Unit unit, const Tag& tag) {
    thread_local BoundedCache<Iterator> iterators(cached_iterators);
    const auto key = std::to_string(int(unit)) + tag.text();
    return *iterators.get(key, [&] { return make_iterator(unit, tag); });
}

// Any tag will do where the language does not matter; made once.
const Tag& no_language() {
    static const Tag tag = Tag::stored("en");
    return tag;
}

}  // namespace

void each_piece(std::string_view text, Unit unit, const Tag& tag,
                const std::function<bool(std::string_view, int32_t)>& visit) {
    auto& iterator = iterator_for(unit, tag);
    UErrorCode status = U_ZERO_ERROR;
    UText utf8_text = UTEXT_INITIALIZER;
    utext_openUTF8(&utf8_text, text.data(), std::int64_t(text.size()), &status);
    iterator.setText(&utf8_text, status);
    utext_close(&utf8_text);  // the iterator has a shallow clone; the bytes are the caller's
    check(status, "BreakIterator::setText");
    int32_t from = iterator.first();
    for (int32_t to = iterator.next(); to != icu::BreakIterator::DONE; from = to, to = iterator.next())
        if (!visit(text.substr(size_t(from), size_t(to - from)), iterator.getRuleStatus())) return;
}

void each_grapheme(std::string_view text, const std::function<bool(std::string_view)>& visit) {
    each_piece(text, Unit::grapheme, no_language(), [&](std::string_view piece, int32_t) { return visit(piece); });
}

std::int64_t count_words(std::string_view text, const Tag& tag) {
    std::int64_t count = 0;
    each_piece(text, Unit::word, tag, [&](std::string_view, int32_t status) {
        count += status >= UBRK_WORD_NONE_LIMIT;
        return true;
    });
    return count;
}

std::vector<std::string_view> word_tokens(std::string_view text, const Tag& tag) {
    std::vector<std::string_view> tokens;
    each_piece(text, Unit::word, tag, [&](std::string_view piece, int32_t) {
        tokens.push_back(piece);
        return true;
    });
    return tokens;
}

std::vector<WordPiece> word_pieces(std::string_view text, const Tag& tag) {
    using Kind = WordPiece::Kind;
    std::vector<WordPiece> pieces;
    each_piece(text, Unit::word, tag, [&](std::string_view piece, int32_t status) {
        const bool number = status >= UBRK_WORD_NUMBER && status < UBRK_WORD_NUMBER_LIMIT;
        pieces.push_back({piece, number ? Kind::number : status < UBRK_WORD_NONE_LIMIT ? Kind::between : Kind::word});
        return true;
    });
    return pieces;
}

std::vector<std::string_view> sentences(std::string_view text, const Tag& tag) {
    std::vector<std::string_view> pieces;
    each_piece(text, Unit::sentence, tag, [&](std::string_view piece, int32_t) {
        pieces.push_back(piece);
        return true;
    });
    return pieces;
}

std::string cut_chars(std::string_view text, size_t max_chars) {
    if (text.size() <= max_chars) return std::string(text);  // no more characters than bytes
    size_t chars = 0, bytes = 0;
    each_grapheme(text, [&](std::string_view grapheme) {
        chars += count_chars(grapheme);
        if (chars > max_chars) return false;
        bytes += grapheme.size();
        return true;
    });
    return std::string(text.substr(0, bytes));
}

}  // namespace stele::locale
