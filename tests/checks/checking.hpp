#pragma once
// Findings as short texts, for tables of cases.
#include <string>
#include <vector>

#include "src/checks/checks.hpp"

namespace stele::testing {

struct Texts {
    std::string source_locale, target_locale, source, target;
};

inline checks::Input input_of(const Texts& texts) {
    return {.source = texts.source,
            .target = texts.target,
            .source_locale = locale::Tag::stored(texts.source_locale),
            .target_locale = locale::Tag::stored(texts.target_locale)};
}

// "numbers.differs quotes.other"; those of `only` alone where it is given.
inline std::string told(const checks::Input& input, std::string_view only = {}) {
    std::string all;
    for (const auto& finding : checks::check(input, checks::Policy())) {
        const auto message = finding.message.substr(std::string_view("check.").size());
        if (only.empty() || checks::name_of(finding.check) == only) all += (all.empty() ? "" : " ") + message;
    }
    return all;
}

// The target after the first mend of that check.
inline std::string mended(const checks::Input& input, checks::Check check) {
    for (const auto& finding : checks::check(input, checks::Policy()))
        if (finding.check == check && finding.mend)
            return content::replaced(input.target, finding.mend->range, finding.mend->text);
    return {};
}

}  // namespace stele::testing
