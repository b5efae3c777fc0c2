// Spaces and words that stand there twice.
#include "src/checks/work.hpp"
#include "src/locale/characters.hpp"
#include "src/locale/text.hpp"

namespace stele::checks {
namespace {

bool is_wordy(char32_t c) {
    return c != 0 && (locale::is_letter(c) || locale::is_mark(c) || locale::digit_value(c) >= 0);
}

struct Run {
    size_t first, last;
};

// The words with nothing but spaces between that are equal, the second of each two.
std::vector<std::pair<Run, Run>> repeated_in(const Side& side) {
    std::vector<std::pair<Run, Run>> found;
    Run former{0, 0};
    std::string former_word;
    for (size_t i = 0; i < side.size();) {
        if (!is_wordy(side.at(i))) {
            if (!locale::is_white_space(side.at(i))) former_word.clear();
            ++i;
            continue;
        }
        const size_t first = i;
        while (is_wordy(side.at(i))) ++i;
        auto word = locale::fold_case(side.text(first, i));
        if (word == former_word && !former_word.empty() && locale::digit_value(side.at(first)) < 0)
            found.push_back({former, {first, i}});
        former = {first, i};
        former_word = std::move(word);
    }
    return found;
}

// "Sie, die die Stadt …", "they had had", "nous nous": words that follow themselves in good prose.
bool may_repeat(std::string_view language, std::string_view word) {
    if (language == "en") return is_any_of(word, {"that", "had", "is", "do", "so", "very", "bye", "no", "ha"});
    if (language == "de") return is_any_of(word, {"die", "der", "das", "sie", "den", "dem", "ja", "nein"});
    if (language == "fr") return is_any_of(word, {"nous", "vous", "non", "oui"});
    if (language == "nl") return is_any_of(word, {"die", "dat", "je", "u", "had"});
    return is_any_of(word, {"er", "at", "som", "i", "på", "om", "til", "av", "så", "ha", "ja"});
}

}  // namespace

void check_spaces(const Texts& texts, Findings& out) {
    const auto& side = texts.target;
    for (size_t i = 1; i + 1 < side.size(); ++i) {
        if (side.at(i) != U' ' || side.before(i) == U'\n' || is_gap(side.before(i))) continue;
        size_t last = i + 1;
        while (side.at(last) == U' ' && side.prose.characters[last].begin == side.prose.characters[last - 1].end)
            ++last;
        // Two before a line end are a line break of Markdown.
        if (last - i > 1 && last < side.size() && side.at(last) != U'\n') {
            const auto range = side.prose.range(i, last);
            out.add(Check::spaces, "doubled", {}, range)->mend = Mend{range, " ", "check.mend.one-space", {}};
        }
        i = last - 1;
    }
}

void check_repeated_word(const Texts& texts, Findings& out) {
    // Elsewhere (yavaş yavaş, hari hari, 看看) words are doubled on purpose.
    if (!is_any_of(texts.target.language(), {"en", "nb", "nn", "no", "da", "sv", "de", "nl", "fr", "es", "it", "pt",
                                             "fi", "pl", "cs", "sk", "uk", "ru", "is"}))
        return;
    const auto found = repeated_in(texts.target);
    if (found.empty() || !repeated_in(texts.source).empty()) return;
    for (const auto& [first, second] : found) {
        const auto word = texts.target.text(second.first, second.last);
        if (may_repeat(texts.target.language(), locale::fold_case(word))) continue;
        // With the space before it; the word itself stays as it was first written.
        const Range range{texts.target.prose.characters[first.last - 1].end,
                          texts.target.prose.characters[second.last - 1].end};
        auto* finding = out.add(Check::repeated_word, "repeated", {{"text", word}},
                                texts.target.prose.range(second.first, second.last));
        // Marks between the two would be cut in two.
        const bool plain = second.first - first.last == range.end - range.begin - (second.last - second.first);
        if (plain) finding->mend = without(range);
    }
}

}  // namespace stele::checks
