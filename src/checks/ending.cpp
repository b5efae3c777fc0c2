// The sign at the end: a question stays a question, whatever its mark looks like in the script.
#include <algorithm>

#include "src/checks/work.hpp"
#include "src/locale/characters.hpp"

namespace stele::checks {
namespace {

enum class Ending { none, stop, question, exclamation, colon, ellipsis };

struct End {
    Ending kind = Ending::none;
    size_t first = 0, last = 0;  // its characters, or where it would stand
};

bool is_closer(char32_t c) {
    return std::u32string_view(U"\"')]}\u00BB\u00AB\u201C\u201D\u201E\u2019\u2018\u203A\u300D\u300F\uFF09\u3011")
               .find(c) != std::u32string_view::npos;
}

Ending kind_of(char32_t c, std::string_view language) {
    constexpr std::u32string_view stops = U".\u3002\uFF0E\uFF61\u06D4\u0964\u0965\u1362\u104B\u17D4\u0589\u166E\u1803";
    constexpr std::u32string_view questions = U"?\uFF1F\u061F\u037E\u2E2E\u1367\u055E\u203D";
    constexpr std::u32string_view exclamations = U"!\uFF01\u055C";
    if (c == U';' && language == "el") return Ending::question;
    if (stops.find(c) != stops.npos) return Ending::stop;
    if (questions.find(c) != questions.npos) return Ending::question;
    if (exclamations.find(c) != exclamations.npos) return Ending::exclamation;
    if (c == U':' || c == 0xFF1A) return Ending::colon;
    if (c == 0x2026 || c == 0x22EF) return Ending::ellipsis;
    return Ending::none;
}

End end_of(const Side& side) {
    size_t last = side.size();
    while (last > 0 && (is_gap(side.at(last - 1)) || is_closer(side.at(last - 1)))) --last;
    End end{Ending::none, last, last};
    if (last == 0) return end;
    size_t first = last;
    while (first > 0 && (kind_of(side.at(first - 1), side.language()) != Ending::none)) --first;
    if (first == last) return end;
    // "?!" is a question, "..." an ellipsis.
    end = {kind_of(side.at(last - 1), side.language()), first, last};
    for (size_t i = first; i < last; ++i)
        if (kind_of(side.at(i), side.language()) == Ending::question) end.kind = Ending::question;
    if (last - first >= 3 && side.at(last - 1) == U'.' && side.at(last - 2) == U'.') end.kind = Ending::ellipsis;
    return end;
}

std::string sign_of(Ending kind, std::string_view language) {
    switch (kind) {
        case Ending::stop:
            if (is_any_of(language, {"zh", "ja", "yue"})) return "\u3002";
            if (is_any_of(language, {"hi", "bn", "ne", "mr", "pa", "as", "or"})) return "\u0964";
            if (is_any_of(language, {"ur"})) return "\u06D4";
            if (is_any_of(language, {"am", "ti"})) return "\u1362";
            if (is_any_of(language, {"my"})) return "\u104B";
            if (is_any_of(language, {"km"})) return "\u17D4";
            if (is_any_of(language, {"hy"})) return "\u0589";
            return ".";
        case Ending::question:
            if (is_any_of(language, {"ar", "fa", "ur", "ps", "ckb", "ug", "sd"})) return "\u061F";
            if (is_any_of(language, {"zh", "ja", "yue"})) return "\uFF1F";
            if (is_any_of(language, {"el"})) return ";";
            return "?";
        case Ending::exclamation:
            return is_any_of(language, {"zh", "ja", "yue"}) ? "\uFF01" : "!";
        case Ending::colon:
            return is_any_of(language, {"zh", "ja", "yue"}) ? "\uFF1A" : ":";
        case Ending::ellipsis:
            return "…";
        case Ending::none:
            break;
    }
    return "";
}

size_t words_in(const Side& side) {
    size_t words = 0;
    for (size_t i = 0; i < side.size(); ++i) words += !is_gap(side.at(i)) && is_gap(side.before(i));
    return words;
}

// A stop may be an abbreviation's, and Thai, Lao and Armenian sentences end otherwise.
bool may_go_without(const Texts& texts, Ending kind) {
    if (is_any_of(texts.target.language(), {"th", "lo", "bo", "hy"})) return true;
    constexpr size_t a_sentence = 4;
    return kind == Ending::stop && words_in(texts.source) < a_sentence;
}

std::string space_before(Ending kind, const locale::Tag& tag) {
    const bool has_one = kind == Ending::question || kind == Ending::exclamation || kind == Ending::colon;
    return has_one && is_spaced_french(tag) ? "\u202F" : "";
}

// Right before the character, with no mark between the two.
bool is_space_beside(const Side& side, size_t i) {
    if (i == 0 || i >= side.size() || !is_gap(side.before(i)) || side.before(i) == U'\n') return false;
    return side.prose.characters[i - 1].end == side.prose.characters[i].begin;
}

}  // namespace

void check_end_punctuation(const Texts& texts, Findings& out) {
    const auto source = end_of(texts.source), target = end_of(texts.target);
    if (source.kind == Ending::none || source.kind == target.kind) return;
    if (target.last == 0 || texts.target.at(target.last - 1) == content::object) return;
    if (may_go_without(texts, source.kind)) return;
    // What one language exclaims another says; a stop after "…" or ":" is a matter of style.
    const bool comparable = target.kind == Ending::none || source.kind == Ending::question ||
                            target.kind == Ending::question || target.kind == Ending::colon ||
                            source.kind == Ending::colon;
    if (!comparable) return;
    const auto& side = texts.target;
    const auto wanted = sign_of(source.kind, side.language());
    if (target.kind == Ending::none) {
        const auto place = side.prose.characters[target.last - 1].end;
        auto* finding = out.add(Check::end_punctuation, "missing", {{"sign", wanted}}, Range{place, place});
        finding->mend = adding(place, wanted);
        finding->mend->text = space_before(source.kind, side.tag) + wanted;
    } else {
        const auto range = side.prose.range(target.first, target.last);
        auto* finding = out.add(Check::end_punctuation, "other",
                                {{"sign", wanted}, {"target", side.text(target.first, target.last)}}, range);
        // A space that stands there belongs to the sign that goes.
        size_t first = target.first;
        while (is_space_beside(side, first)) --first;
        finding->mend = use(side.prose.range(first, target.last), wanted);
        finding->mend->text = space_before(source.kind, side.tag) + wanted;
    }
}

}  // namespace stele::checks
