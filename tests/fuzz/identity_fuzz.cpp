// Any two versions of a source, one leaf a line: no id is given twice, every live one is given or retired, as many
// equal texts keep an id as can, and an id that went to another text has half of the words in common with it.
// Destinations on the way: a translation follows its source only where there is something to follow.
#include <cstdlib>
#include <map>
#include <set>

#include "src/content/destinations.hpp"
#include "src/content/segment.hpp"

using namespace stele::content;

namespace {

std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    for (size_t pos = 0; pos <= text.size() && lines.size() < 400;) {
        const size_t end = std::min(text.find('\n', pos), text.size());
        lines.emplace_back(text.substr(pos, end - pos));
        pos = end + 1;
    }
    return lines;
}

Kind kind_of(const std::string& line) { return line.starts_with('#') ? Kind::heading : Kind::paragraph; }

void check(bool holds) {
    if (!holds) std::abort();
}

void check_identity(const std::vector<std::string>& before, const std::vector<std::string>& now) {
    std::vector<Known> live;
    std::vector<Leaf> leaves;
    std::map<Hash, std::pair<size_t, size_t>> equal;
    for (const auto& line : before) {
        live.push_back({std::to_string(live.size()), kind_of(line), line});
        ++equal[meaning_hash(line)].first;
    }
    for (const auto& line : now) {
        leaves.push_back({kind_of(line), line});
        ++equal[meaning_hash(line)].second;
    }
    const Identified result = identify(live, {}, leaves);
    std::set<std::string> used(result.retired.begin(), result.retired.end());
    check(result.ids.size() == leaves.size() && used.size() == result.retired.size());
    for (size_t i = 0; i < leaves.size(); ++i) {
        if (!result.ids[i]) continue;
        check(used.insert(*result.ids[i]).second);
        const Known& known = live[std::stoul(*result.ids[i])];
        const Hash hash = meaning_hash(leaves[i].text);
        if (meaning_hash(known.text) == hash) {
            auto& [old, fresh] = equal[hash];
            --old, --fresh;
        } else {
            check(known.kind == leaves[i].kind && similarity(known.text, leaves[i].text) >= 0.5);
        }
    }
    check(used.size() == live.size());
    for (const auto& [hash, left] : equal) check(left.first == 0 || left.second == 0);
}

void check_destinations(std::string_view target, std::string_view source) {
    size_t end = 0;
    for (const Destination& place : find_destinations(target)) {
        check(place.begin >= end && place.end >= place.begin && place.end <= target.size());
        end = place.end;
    }
    check(follow_destinations(target, source, source) == target);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    const std::string_view input(reinterpret_cast<const char*>(data), size);
    const size_t cut = std::min(input.find('\0'), input.size());
    const std::string_view before = input.substr(0, cut), now = input.substr(std::min(cut + 1, input.size()));
    check_identity(lines_of(before), lines_of(now));
    check_destinations(before, now);
    return 0;
}
