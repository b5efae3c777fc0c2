#pragma once
// The words of a text as a sorted multiset of hashes: what texts have in common is counted by merging two of them.
#include <cstdint>
#include <string_view>
#include <vector>

namespace stele::content {

using WordBag = std::vector<std::uint64_t>;

// Visible words, case-folded, without destinations and emphasis marks.
WordBag words_of(std::string_view text);

size_t count_common(const WordBag& a, const WordBag& b);
// Twice the common ones over all (Dice), 0..1; 0 when neither has words.
double dice(const WordBag& a, const WordBag& b);

}  // namespace stele::content
