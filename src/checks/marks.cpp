// Bold, emphasis and code are part of what a text says.
#include <algorithm>

#include "src/checks/work.hpp"
#include "src/content/inline_marks.hpp"

namespace stele::checks {
namespace {

void compare(Findings& out, std::string_view message, int source, int target) {
    if (source != target)
        out.add(Check::marks, message, {{"source", std::int64_t(source)}, {"target", std::int64_t(target)}});
}

}  // namespace

void check_marks(const Texts& texts, Findings& out) {
    if (!texts.input.markup) return;
    const auto source = content::inline_marks_of(texts.source.raw), target = content::inline_marks_of(texts.target.raw);
    compare(out, "strong", source.strong, target.strong);
    // Scripts without italics set emphasis in other ways, or in none.
    if (!is_any_of(texts.target.language(), {"ar", "fa", "ur", "he", "zh", "ja", "ko", "th"}))
        compare(out, "emphasis", source.emphasis, target.emphasis);
    compare(out, "strikethrough", source.strikethrough, target.strikethrough);
    compare(out, "code", source.code, target.code);
    if (source.code != target.code) return;
    auto theirs = texts.target.prose.code;
    for (const auto& code : texts.source.prose.code) {
        const auto same = std::find(theirs.begin(), theirs.end(), code);
        if (same == theirs.end()) return (void)out.add(Check::marks, "code-changed", {{"text", code}});
        theirs.erase(same);
    }
}

}  // namespace stele::checks
