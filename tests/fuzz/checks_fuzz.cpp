// Any two texts in any two of these languages: the checks end, and all their places lie inside the texts.
#include <cstdlib>

#include "src/checks/checks.hpp"
#include "src/terms/index.hpp"

using namespace stele;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    static const locale::Tag tags[] = {locale::Tag::stored("en"), locale::Tag::stored("nb"), locale::Tag::stored("fr"),
                                       locale::Tag::stored("de"), locale::Tag::stored("ar"), locale::Tag::stored("zh"),
                                       locale::Tag::stored("th"), locale::Tag::stored("he")};
    if (size < 1) return 0;
    const std::string_view input(reinterpret_cast<const char*>(data + 1), size - 1);
    const size_t cut = std::min(input.find('\0'), input.size());
    const std::string_view source = input.substr(0, cut), target = input.substr(std::min(cut + 1, input.size()));
    const auto& from = tags[data[0] % std::size(tags)];
    const auto& to = tags[data[0] / std::size(tags) % std::size(tags)];

    terms::Term term{.n = 1, .source_locale = from, .text = "word"};
    term.translations[to] = {.texts = {"ord"}, .keep = false, .forbidden = {"orde"}, .note = {}};
    const terms::Index index(from, {term});
    const auto matches = terms::matches(index, source);
    const auto source_length = content::prose_of(source, false).length;
    const auto target_length = content::prose_of(target, false).length;
    const auto inside = [](const content::Range& range, std::uint32_t length) {
        return range.begin <= range.end && range.end <= length;
    };
    for (const auto& match : matches)
        if (!inside(match.range, source_length)) std::abort();
    for (const auto& finding : checks::check({.source = source,
                               .target = target,
                               .source_locale = from,
                               .target_locale = to,
                               .basis = source,
                               .terms = matches},
                                             checks::Policy())) {
        if (finding.range && !inside(*finding.range, target_length)) std::abort();
        if (finding.source && !inside(*finding.source, source_length)) std::abort();
        if (finding.mend && !inside(finding.mend->range, target_length)) std::abort();
    }
    return 0;
}
