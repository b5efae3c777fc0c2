// Controls of direction (UAX #9) that are never closed, or close nothing: they turn round what follows.
#include <string_view>
#include <vector>

#include "src/checks/work.hpp"
#include "src/locale/characters.hpp"

namespace stele::checks {
namespace {

constexpr char32_t pop_embedding = 0x202C, pop_isolate = 0x2069;

bool opens_embedding(char32_t c) { return c == 0x202A || c == 0x202B || c == 0x202D || c == 0x202E; }
bool opens_isolate(char32_t c) { return c >= 0x2066 && c <= 0x2068; }

std::string name_of_control(char32_t c) {
    switch (c) {
        case 0x202A:
            return "LRE U+202A";
        case 0x202B:
            return "RLE U+202B";
        case 0x202C:
            return "PDF U+202C";
        case 0x202D:
            return "LRO U+202D";
        case 0x202E:
            return "RLO U+202E";
        case 0x2066:
            return "LRI U+2066";
        case 0x2067:
            return "RLI U+2067";
        case 0x2068:
            return "FSI U+2068";
        default:
            return "PDI U+2069";
    }
}

struct Control {
    char32_t c;
    Range range;
};

void report(Findings& out, std::string_view message, const Control& control) {
    out.add(Check::bidi, message, {{"control", name_of_control(control.c)}}, control.range)->mend =
        without(control.range);
}

// What closes nothing is stray; what an isolate's end closes on its way was left open.
void meet(std::vector<Control>& open, const Control& control, Findings& out) {
    if (opens_embedding(control.c) || opens_isolate(control.c)) return open.push_back(control);
    if (control.c == pop_embedding) {
        if (open.empty() || !opens_embedding(open.back().c)) return report(out, "stray", control);
        return open.pop_back();
    }
    size_t opener = open.size();
    while (opener > 0 && !opens_isolate(open[opener - 1].c)) --opener;
    if (opener == 0) return report(out, "stray", control);
    for (size_t i = opener; i < open.size(); ++i) report(out, "open", open[i]);
    open.resize(opener - 1);
}

}  // namespace

void check_bidi(const Texts& texts, Findings& out) {
    const auto raw = texts.target.raw;
    if (raw.find("\xE2\x80") == raw.npos && raw.find("\xE2\x81") == raw.npos) return;
    std::vector<Control> open;
    std::uint32_t place = 0;
    for (size_t at = 0; at < raw.size();) {
        const char32_t c = locale::next_code_point(raw, at);
        const Range range{place, place + locale::utf16_length(c)};
        place = range.end;
        if (opens_embedding(c) || opens_isolate(c) || c == pop_embedding || c == pop_isolate)
            meet(open, {c, range}, out);
    }
    for (const auto& control : open) report(out, "open", control);
}

}  // namespace stele::checks
