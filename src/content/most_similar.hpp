#pragma once
// The last step of identity: of what is left on both sides, who is an edited form of whom.
#include <vector>

#include "src/content/common_order.hpp"
#include "src/content/markdown.hpp"
#include "src/content/word_bag.hpp"

namespace stele::content {

struct Leftover {
    size_t index;  // among all of its side
    Kind kind;
    WordBag words;
    size_t gap;    // how many pairs in order stand before it: the same number = between the same neighbours
    size_t place;  // where it stands in the new text, or would by the pair before it
};

// Pairs of indexes: same kind, at least half of the words in common, the most similar first, each used once. Among
// equally similar ones those between the same neighbours, then the nearest. Up to 10,000 pairs are all compared;
// beyond, only those that share a rare word or stand in the same gap.
std::vector<IndexPair> most_similar(const std::vector<Leftover>& before, const std::vector<Leftover>& now);

}  // namespace stele::content
