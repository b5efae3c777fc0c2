// Quotation marks as the locale writes them (CLDR's delimiters): «…» in Norwegian, „…“ in German, “…” in English.
#include <algorithm>

#include "src/checks/work.hpp"
#include "src/locale/characters.hpp"
#include "src/locale/conventions.hpp"

namespace stele::checks {
namespace {

constexpr std::u32string_view marks = U"\"\u201C\u201D\u201E\u201F\u00AB\u00BB\u300C\u300D\u300E\u300F";
constexpr char32_t narrow_space = 0x202F;

struct Pair {
    char32_t open, close;
    friend bool operator==(const Pair&, const Pair&) = default;
};

// What can stand around a quotation in some language.
constexpr Pair pairs[] = {{U'"', U'"'},     {0x201C, 0x201D}, {0x201E, 0x201C}, {0x201E, 0x201D},
                          {0x201D, 0x201D}, {0xAB, 0xBB},     {0xBB, 0xAB},     {0xBB, 0xBB},
                          {0x300C, 0x300D}, {0x300E, 0x300F}, {0x201D, 0x201C}, {0x201F, 0x201D}};

bool is_pair(char32_t open, char32_t close) {
    return std::find(std::begin(pairs), std::end(pairs), Pair{open, close}) != std::end(pairs);
}

bool is_opening_context(char32_t before) {
    return is_gap(before) ||
           std::u32string_view(U"([{-\u2013\u2014/\u00BF\u00A1").find(before) != std::u32string_view::npos ||
           marks.find(before) != std::u32string_view::npos || before == content::object;
}

struct Quotation {
    size_t open, close;  // characters
    size_t depth;
};

std::vector<Quotation> quotations_in(const Side& side) {
    std::vector<Quotation> found;
    std::vector<size_t> open;
    constexpr size_t deepest = 8;
    for (size_t i = 0; i < side.size(); ++i) {
        const char32_t c = side.at(i);
        if (marks.find(c) == std::u32string_view::npos) continue;
        const bool inside_word = locale::is_letter(side.before(i)) && locale::is_letter(side.after(i));
        if (c == U'"' && inside_word) continue;  // a Hebrew acronym
        const bool opens = is_opening_context(side.before(i)) && !is_gap(side.after(i));
        const bool sure = c == 0xAB || c == 0xBB;  // may have spaces inside
        if (!open.empty() && is_pair(side.at(open.back()), c) && (!opens || (sure && side.at(open.back()) != c))) {
            found.push_back({open.back(), i, open.size() - 1});
            open.pop_back();
        } else if ((opens || (sure && is_opening_context(side.before(i)))) && open.size() < deepest) {
            open.push_back(i);
        }
    }
    return found;
}

// Beside CLDR's own: what is in use as well.
bool is_usual(const Pair& pair, std::string_view language) {
    if (language == "de") return pair == Pair{0xBB, 0xAB} || pair == Pair{0xAB, 0xBB};
    if (is_any_of(language, {"ar", "fa", "ur"}))
        return pair == Pair{0xAB, 0xBB} || pair == Pair{0x201C, 0x201D} || pair == Pair{0x201D, 0x201C};
    if (is_any_of(language, {"fr", "es", "it", "pt", "ca"}))
        return pair == Pair{0x201C, 0x201D} || pair == Pair{0xAB, 0xBB};
    if (is_any_of(language, {"nl", "he", "pl"})) return pair == Pair{0x201C, 0x201D} || pair == Pair{0x201E, 0x201D};
    if (is_any_of(language, {"sv", "fi", "da"}))
        return pair == Pair{0xBB, 0xBB} || pair == Pair{0xBB, 0xAB} || pair == Pair{0x201D, 0x201D};
    return false;
}

}  // namespace

void check_quotes(const Texts& texts, Findings& out) {
    const auto& side = texts.target;
    const auto& quotes = locale::quotes_of(side.tag);
    const Pair outer{quotes.open, quotes.close}, inner{quotes.inner_open, quotes.inner_close};
    // A locale whose own marks are straight has nothing to say.
    if (outer.open == U'"') return;
    const bool spaced = side.language() == "fr" && outer.open == 0xAB;
    for (const auto& quotation : quotations_in(side)) {
        const Pair pair{side.at(quotation.open), side.at(quotation.close)};
        if (pair == outer || pair == inner || is_usual(pair, side.language())) continue;
        // Single marks look like apostrophes: where they are the locale's outer ones, any double ones will do.
        const auto wanted = marks.find(outer.open) == std::u32string_view::npos ? inner
                            : quotation.depth % 2                               ? inner
                                                                                : outer;
        const auto range = side.prose.range(quotation.open, quotation.close + 1);
        const Range open = side.prose.range(quotation.open, quotation.open + 1);
        const Range close = side.prose.range(quotation.close, quotation.close + 1);
        std::string before = utf8_of(wanted.open), after = utf8_of(wanted.close);
        const auto found =
            side.text(quotation.open, quotation.open + 1) + "…" + side.text(quotation.close, quotation.close + 1);
        auto* finding = out.add(Check::quotes, "other", {{"target", found}, {"text", before + "…" + after}}, range);
        if (spaced && wanted == outer) {
            before += utf8_of(narrow_space);
            after = utf8_of(narrow_space) + after;
        }
        const auto inside = content::cut(side.raw, {open.end, close.begin});
        finding->mend = Mend{range,
                             before + std::string(inside) + after,
                             "check.mend.use",
                             {{"text", utf8_of(wanted.open) + "…" + utf8_of(wanted.close)}}};
    }
}

}  // namespace stele::checks
