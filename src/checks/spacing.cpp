// Spaces before and inside signs, and the signs of the script.
#include "src/checks/work.hpp"
#include "src/locale/characters.hpp"

namespace stele::checks {
namespace {

constexpr char32_t narrow = 0x202F, no_break = 0xA0, thin = 0x2009;

bool is_fixed_space(char32_t c) { return c == narrow || c == no_break || c == thin; }
bool is_high_sign(char32_t c) { return c == U';' || c == U':' || c == U'!' || c == U'?'; }
bool is_low_sign(char32_t c) { return c == U',' || c == U'.'; }
bool ends_word(char32_t c) {
    return c != 0 && (locale::is_letter(c) || locale::digit_value(c) >= 0 || c == U')' || c == U']' || c == 0xBB ||
                      c == 0x201D || c == U'"' || c == U'%');
}

Mend narrow_space(Range range) { return {range, "\u202F", "check.mend.narrow-space", {}}; }

// Imprimerie nationale: a no-break space before ; : ! ? and inside « », narrow but for the colon's and the quotation's,
// where both are in use.
void check_french(const Side& side, size_t i, Findings& out) {
    const char32_t c = side.at(i);
    const bool opens = c == 0xAB;
    const char32_t beside = opens ? side.after(i) : side.before(i);
    const bool is_sign = opens || c == 0xBB || (is_high_sign(c) && (is_gap(side.after(i)) || side.after(i) == 0xBB));
    if (!is_sign || is_fixed_space(beside) || beside == 0) return;
    const Params sign{{"sign", utf8_of(c)}};
    const auto& at = side.prose.characters[i];
    if (beside == U' ') {
        const auto& space = side.prose.characters[opens ? i + 1 : i - 1];
        // A space and a sign that marks part ("** ?") are left to people.
        if ((opens ? at.end != space.begin : space.end != at.begin)) return;
        const char32_t beyond = opens ? side.at(i + 2) : side.before(i - 1);
        if (beyond == U' ' || beyond == 0) return;
        out.add(Check::spacing, "breakable", sign, Range{at.begin, at.end})->mend =
            narrow_space({space.begin, space.end});
    } else if (ends_word(beside) || (opens && locale::is_letter(beside))) {
        const auto place = opens ? at.end : at.begin;
        out.add(Check::spacing, "missing", sign, Range{at.begin, at.end})->mend = narrow_space({place, place});
    }
}

// "word ." where no language has a space.
void check_space_before(const Side& side, size_t i, Findings& out) {
    if (side.before(i) != U' ' || i < 2 || !ends_word(side.before(i - 1)) || !is_gap(side.after(i))) return;
    const auto& space = side.prose.characters[i - 1];
    if (space.end != side.prose.characters[i].begin) return;
    const Range range{space.begin, space.end};
    out.add(Check::spacing, "extra", {{"sign", utf8_of(side.at(i))}}, range)->mend = without(range);
}

bool is_arabic(char32_t c) {
    return (c >= 0x0620 && c <= 0x065F) || (c >= 0x066E && c <= 0x06D3) || (c >= 0x0750 && c <= 0x077F);
}

void check_arabic(const Side& side, size_t i, Findings& out) {
    const char32_t c = side.at(i), wanted = c == U',' ? 0x060C : c == U';' ? 0x061B : c == U'?' ? 0x061F : 0;
    if (wanted == 0 || !is_arabic(side.before(i)) || !is_gap(side.after(i))) return;
    const auto range = side.prose.range(i, i + 1);
    out.add(Check::spacing, "sign", {{"target", utf8_of(c)}, {"text", utf8_of(wanted)}}, range)->mend =
        use(range, utf8_of(wanted));
}

}  // namespace

void check_spacing(const Texts& texts, Findings& out) {
    const auto& side = texts.target;
    const bool french = is_spaced_french(side.tag);
    const bool arabic = is_any_of(side.language(), {"ar", "fa", "ur", "ps", "ckb", "ug", "sd"});
    for (size_t i = 0; i < side.size(); ++i) {
        const char32_t c = side.at(i);
        if (french && (is_high_sign(c) || c == 0xAB || c == 0xBB))
            check_french(side, i, out);
        else if (is_low_sign(c) || (side.language() != "fr" && is_high_sign(c)))
            check_space_before(side, i, out);
        if (arabic) check_arabic(side, i, out);
    }
}

}  // namespace stele::checks
