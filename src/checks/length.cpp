#include "src/checks/work.hpp"
#include "src/locale/text.hpp"

namespace stele::checks {

void check_length(const Texts& texts, Findings& out) {
    const auto max = texts.input.max_chars;
    if (const auto chars = locale::count_chars(texts.target.raw); max > 0 && chars > max)
        out.add(Check::length, "over", {{"max", std::int64_t(max)}, {"count", std::int64_t(chars)}});
    if (texts.input.whole) return;
    // In cells of a terminal: a Han character is two of Latin, which is near what it says.
    constexpr int long_enough = 80, times = 4;
    const int source = locale::display_width(texts.source.prose.text);
    const int target = locale::display_width(texts.target.prose.text);
    if (source >= long_enough && target * times < source) out.add(Check::length, "short", {});
    if (source >= long_enough / 2 && target > source * times) out.add(Check::length, "long", {});
}

}  // namespace stele::checks
