// {name}, %s and their like: a program fills them, so none may be lost, made up or changed. Their order is free.
#include <map>

#include "src/checks/work.hpp"
#include "src/locale/characters.hpp"

namespace stele::checks {
namespace {

struct Found {
    std::string text;
    Range range;
    size_t first, last;  // its characters
};

std::vector<Found> found_in(const Side& side) {
    std::vector<Found> all;
    size_t at = 0;
    for (const auto& p : side.placeholders) {
        while (side.prose.characters[at].byte < p.begin) ++at;
        size_t last = at;
        while (last < side.size() && side.prose.characters[last].byte < p.end) ++last;
        all.push_back({side.text(at, last), side.prose.range(at, last), at, last});
        at = last;
    }
    return all;
}

// Of `wanted` those that `there` has fewer of.
std::vector<Found> lacking(const std::vector<Found>& wanted, const std::vector<Found>& there) {
    std::map<std::string_view, int> counts;
    for (const auto& one : there) ++counts[one.text];
    std::vector<Found> all;
    for (const auto& one : wanted)
        if (--counts[one.text] < 0) all.push_back(one);
    return all;
}

// With one of the spaces around it: two would be left.
Range with_space(const Found& one, const Side& side) {
    auto range = one.range;
    const bool follows = side.at(one.last) == U' ' && side.prose.characters[one.last].begin == range.end;
    if (follows && is_gap(side.before(one.first))) return {range.begin, side.prose.characters[one.last].end};
    const bool leads = side.before(one.first) == U' ' && side.prose.characters[one.first - 1].end == range.begin;
    if (leads && !locale::is_letter(side.at(one.last))) range.begin = side.prose.characters[one.first - 1].begin;
    return range;
}

}  // namespace

void check_placeholders(const Texts& texts, Findings& out) {
    if (texts.source.placeholders.empty() && texts.target.placeholders.empty()) return;
    const auto source = found_in(texts.source), target = found_in(texts.target);
    const auto missing = lacking(source, target), extra = lacking(target, source);
    const bool paired = missing.size() == 1 && extra.size() == 1;
    for (const auto& one : extra) {
        auto* finding = out.add(Check::placeholders, "extra", {{"text", one.text}}, one.range);
        if (paired) finding->mend = use(one.range, missing.front().text);
        if (missing.empty()) finding->mend = without(with_space(one, texts.target));
    }
    if (paired) return;
    for (const auto& one : missing) out.add(Check::placeholders, "missing", {{"text", one.text}})->source = one.range;
}

}  // namespace stele::checks
