// Left in the source's language: all of it, or a passage.
// CLD2's header uses FILE and does not include it.
// clang-format off
#include <cstdio>
#include <cld2/public/compact_lang_det.h>
#include <cld2/public/encodings.h>
// clang-format on

#include <algorithm>

#include "src/checks/work.hpp"
#include "src/locale/characters.hpp"
#include "src/locale/text.hpp"

namespace stele::checks {
namespace {

// What CLD2 calls otherwise than BCP 47 does.
std::string name_in_cld2(const locale::Tag& tag, std::string_view language) {
    if (language == "nb") return "no";
    if (language == "he") return "iw";
    if (language == "fil") return "tl";
    if (language == "jv") return "jw";
    if (tag.text().starts_with("zh-Hant")) return "zh-Hant";
    return std::string(language);
}

// Languages whose sentences a detector, and now and then a reader, takes for each other's.
bool are_close(std::string_view a, std::string_view b) {
    if (a == b) return true;
    const auto both = [&](std::initializer_list<std::string_view> family) {
        return is_any_of(a, family) && is_any_of(b, family);
    };
    return both({"nb", "nn", "no", "da", "sv"}) || both({"hr", "sr", "bs", "sh", "sl", "mk", "bg"}) ||
           both({"id", "ms", "jv", "su"}) || both({"cs", "sk"}) || both({"pt", "gl", "es", "ast"}) ||
           both({"ru", "uk", "be"}) || both({"af", "nl"}) || both({"az", "tr"}) || both({"zh", "yue"});
}

bool is_in(std::string_view passage, CLD2::Language language) {
    bool reliable = false;
    CLD2::Language top[3];
    int percent[3], bytes = 0;
    const auto found =
        CLD2::DetectLanguageSummary(passage.data(), int(passage.size()), true, top, percent, &bytes, &reliable);
    constexpr int nearly_all = 90;
    return reliable && found == language && percent[0] >= nearly_all;
}

std::string folded(const Side& side) { return locale::fold_case(locale::normalize_space(side.prose.text)); }

}  // namespace

bool is_same_as_source(const Texts& texts) {
    if (are_close(texts.source.language(), texts.target.language()) && texts.source.prose.text.size() < 40)
        return false;
    if (folded(texts.source) != folded(texts.target)) return false;
    // Names and numbers are the same everywhere, and so are single words such as "Internet".
    constexpr size_t shortest_word = 4;
    size_t words = 0, in_small = 0, length = 0;
    bool capital = false;
    for (size_t i = 0; i <= texts.target.size(); ++i) {
        const char32_t c = texts.target.at(i);
        if (c != 0 && (locale::is_letter(c) || locale::is_mark(c))) {
            if (length++ == 0) capital = locale::is_upper(c);
            continue;
        }
        words += length > 0;
        in_small += length >= shortest_word && !capital;
        length = 0;
    }
    return words >= 3 && in_small >= 2;
}

void check_language(const Texts& texts, Findings& out) {
    if (are_close(texts.source.language(), texts.target.language())) return;
    const auto& text = texts.target.prose.text;
    constexpr size_t shortest = 60;  // bytes: below it the detector guesses
    if (text.size() < shortest) return;
    const auto wanted = CLD2::GetLanguageFromName(name_in_cld2(texts.source.tag, texts.source.language()).c_str());
    if (wanted == CLD2::UNKNOWN_LANGUAGE) return;
    const CLD2::CLDHints hints{nullptr, nullptr, CLD2::UNKNOWN_ENCODING, CLD2::UNKNOWN_LANGUAGE};
    CLD2::Language top[3];
    int percent[3], bytes = 0;
    double scores[3];
    bool reliable = false;
    CLD2::ResultChunkVector chunks;
    CLD2::ExtDetectLanguageSummary(text.data(), int(text.size()), true, &hints, 0, top, percent, scores, &chunks,
                                   &bytes, &reliable);
    const auto& characters = texts.target.prose.characters;
    size_t at = 0;
    for (const auto& chunk : chunks) {
        if (CLD2::Language(chunk.lang1) != wanted || size_t(chunk.bytes) < shortest) continue;
        const auto passage = std::string_view(text).substr(size_t(chunk.offset), size_t(chunk.bytes));
        if (!is_in(passage, wanted)) continue;
        const auto end = size_t(chunk.offset) + size_t(chunk.bytes);
        while (at < characters.size() && characters[at].byte < size_t(chunk.offset)) ++at;
        size_t last = at;
        while (last < characters.size() && characters[last].byte < end) ++last;
        if (last == at) continue;
        out.add(Check::language, "left", {{"language", texts.source.tag.text()}}, texts.target.prose.range(at, last));
        at = last;
    }
}

}  // namespace stele::checks
