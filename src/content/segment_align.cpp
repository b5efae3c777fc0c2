#include <algorithm>

#include "src/content/segment.hpp"
#include "src/content/word_bag.hpp"

namespace stele::content {
namespace {

constexpr size_t max_cells = 1'000'000;  // a thousand leaves on both sides
constexpr size_t min_cells = 40'000;     // and two hundred, however short they are
constexpr size_t cells_per_byte = 6;     // weighing costs by the pair, not by the byte

// A pair of the same kind counts one; what speaks for it (names and numbers in common, a like length) decides only
// between ways with equally many pairs.
struct Score {
    std::uint32_t pairs = 0;
    float evidence = 0;
    // NOLINTNEXTLINE(modernize-use-nullptr): it takes the 0 that an ordering is compared with for a pointer.
    friend auto operator<=>(const Score&, const Score&) = default;
    Score plus(float more) const { return {pairs + 1, evidence + more}; }
};

struct Side {
    const Leaf* leaf;
    WordBag words;
};

float evidence(const Side& a, const Side& b) {
    const auto shorter = static_cast<float>(std::min(a.leaf->text.size(), b.leaf->text.size()) + 1);
    const auto longer = static_cast<float>(std::max(a.leaf->text.size(), b.leaf->text.size()) + 1);
    return 2.0F * static_cast<float>(dice(a.words, b.words)) + shorter / longer;
}

std::vector<Side> sides_of(const std::vector<const Leaf*>& leaves) {
    std::vector<Side> sides;
    for (const Leaf* leaf : leaves) sides.push_back({leaf, words_of(leaf->text)});
    return sides;
}

using Pairing = std::vector<std::optional<size_t>>;  // target → source

Pairing best_pairing(const std::vector<const Leaf*>& source, const std::vector<const Leaf*>& target) {
    const auto a = sides_of(source);
    const auto b = sides_of(target);
    const size_t width = b.size() + 1;
    std::vector<Score> best((a.size() + 1) * width);
    std::vector<bool> paired(best.size());
    for (size_t i = a.size(); i-- > 0;) {
        for (size_t j = b.size(); j-- > 0;) {
            Score score = std::max(best[(i + 1) * width + j], best[i * width + j + 1]);
            if (a[i].leaf->kind == b[j].leaf->kind) {
                // Equal scores pair early: what is missing in a translation is usually at its end.
                const Score with = best[(i + 1) * width + j + 1].plus(evidence(a[i], b[j]));
                if (with >= score) score = with, paired[i * width + j] = true;
            }
            best[i * width + j] = score;
        }
    }
    Pairing pairing(b.size());
    for (size_t i = 0, j = 0; i < a.size() && j < b.size();) {
        if (paired[i * width + j]) {
            pairing[j++] = i++;
        } else if (best[(i + 1) * width + j] >= best[i * width + j + 1]) {
            ++i;
        } else {
            ++j;
        }
    }
    return pairing;
}

// For what is too long to weigh: each takes the next of its kind.
Pairing next_of_kind(const std::vector<const Leaf*>& source, const std::vector<const Leaf*>& target) {
    Pairing pairing(target.size());
    size_t i = 0;
    for (size_t j = 0; j < target.size(); ++j) {
        size_t at = i;
        while (at < source.size() && source[at]->kind != target[j]->kind) ++at;
        if (at == source.size()) continue;
        pairing[j] = at;
        i = at + 1;
    }
    return pairing;
}

size_t bearable_cells(std::span<const Leaf> source, std::span<const Leaf> target) {
    size_t bytes = 0;
    for (const auto side : {source, target})
        for (const Leaf& leaf : side) bytes += leaf.text.size();
    return std::clamp(cells_per_byte * bytes, min_cells, max_cells);
}

bool same_kinds(const std::vector<const Leaf*>& a, const std::vector<const Leaf*>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                      [](const Leaf* x, const Leaf* y) { return x->kind == y->kind; });
}

}  // namespace

std::vector<std::optional<size_t>> align(std::span<const Leaf> source, std::span<const Leaf> target,
                                         std::span<const size_t> missing) {
    std::vector<bool> skipped(source.size());
    for (const size_t index : missing)
        if (index < source.size()) skipped[index] = true;
    std::vector<const Leaf*> sources, targets;
    std::vector<size_t> places;
    for (size_t i = 0; i < source.size(); ++i)
        if (!skipped[i]) sources.push_back(&source[i]), places.push_back(i);
    for (const Leaf& leaf : target) targets.push_back(&leaf);

    Pairing pairing;
    if (same_kinds(sources, targets)) {
        for (size_t i = 0; i < targets.size(); ++i) pairing.emplace_back(i);
    } else if ((sources.size() + 1) * (targets.size() + 1) <= bearable_cells(source, target)) {
        pairing = best_pairing(sources, targets);
    } else {
        pairing = next_of_kind(sources, targets);
    }
    for (auto& place : pairing)
        if (place) place = places[*place];
    return pairing;
}

}  // namespace stele::content
