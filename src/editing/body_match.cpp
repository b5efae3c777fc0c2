#include "src/editing/body_match.hpp"

#include <set>
#include <unordered_map>

#include "src/editing/structure.hpp"
#include "src/editing/validate.hpp"
#include "src/locale/text.hpp"

namespace stele::editing {
namespace {

using Ids = std::vector<std::optional<std::string>>;

std::vector<content::Leaf> source_leaves(const Source& source, const std::vector<std::string>& ids) {
    std::vector<content::Leaf> leaves;
    for (const auto& id : ids) {
        const auto* s = source.find(id);
        leaves.push_back({s->kind, s->text});
    }
    return leaves;
}

// The body as the writer had it: its segments in order.
std::vector<content::Known> own_body(const Source& source, const Work& work, const std::optional<Past>& seen) {
    std::vector<content::Known> known;
    if (work.frame.mode == content::Mode::independent) return known;
    const auto& slots = *structure_of(source, work, false).slots;
    for (const auto& id : slots) {
        const auto* s = source.find(id);
        if (!s) continue;
        if (seen) {
            if (const auto* text = seen->text(id)) known.push_back({id, s->kind, *text});
        } else if (auto text = work.text(source, id)) {
            known.push_back({id, s->kind, std::move(*text)});
        }
    }
    return known;
}

// Leaves that are like nothing in the old body stand for the source segments between their neighbours, by order and
// kind.
void fill_gaps(const Source& source, const std::vector<content::Leaf>& leaves, Ids& ids) {
    const auto& slots = source.frame.slots;
    std::unordered_map<std::string_view, std::ptrdiff_t> places;
    for (size_t i = 0; i < slots.size(); ++i) places.emplace(slots[i], std::ptrdiff_t(i));
    const auto place = [&](const std::string& id) {
        const auto at = places.find(id);
        return at == places.end() ? std::ssize(slots) : at->second;
    };
    const std::set<std::string> used = [&] {
        std::set<std::string> taken;
        for (const auto& id : ids)
            if (id) taken.insert(*id);
        return taken;
    }();
    for (size_t from = 0; from < ids.size(); ++from) {
        if (ids[from]) continue;
        size_t to = from;
        while (to < ids.size() && !ids[to]) ++to;
        const auto low = from == 0 ? 0 : place(*ids[from - 1]) + 1;
        const auto high = to == ids.size() ? std::ssize(slots) : place(*ids[to]);
        std::vector<std::string> candidates;
        for (auto at = low; at < high; ++at)
            if (!used.contains(slots[size_t(at)])) candidates.push_back(slots[size_t(at)]);
        const std::span run(leaves.begin() + std::ptrdiff_t(from), leaves.begin() + std::ptrdiff_t(to));
        const auto aligned = content::align(source_leaves(source, candidates), run, {});
        for (size_t i = 0; i < aligned.size(); ++i)
            if (aligned[i]) ids[from + i] = candidates[*aligned[i]];
        from = to;
    }
}

}  // namespace

MatchedBody match_body(const Source& source, const Work& work, const std::optional<Past>& seen,
                       std::string_view markdown, const std::optional<std::vector<size_t>>& lacks) {
    MatchedBody matched{content::segments_of(markdown), {}, {}};
    const auto& leaves = matched.body.leaves;
    matched.errors = too_many_blocks(matched.body);
    if (!matched.errors.empty()) return matched;
    const auto own = own_body(source, work, seen);
    Ids ids(leaves.size());
    if (own.empty() || lacks) {
        const auto aligned = content::align(source_leaves(source, source.frame.slots), leaves,
                                            lacks ? std::span<const size_t>(*lacks) : std::span<const size_t>());
        for (size_t i = 0; i < aligned.size(); ++i)
            if (aligned[i]) ids[i] = source.frame.slots[*aligned[i]];
    } else {
        ids = content::identify(own, {}, leaves).ids;
        fill_gaps(source, leaves, ids);
    }
    for (size_t i = 0; i < ids.size(); ++i) {
        if (ids[i]) {
            matched.slots.push_back(*ids[i]);
        } else {
            matched.errors.push_back(
                {"/body",
                 "body.no-counterpart",
                 {{"number", std::int64_t(i + 1)}, {"text", locale::cut_chars(leaves[i].text, 60)}}});
        }
    }
    return matched;
}

}  // namespace stele::editing
