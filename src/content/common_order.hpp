#pragma once
// What stays in order between two lists of which some items are equal.
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

namespace stele::content {

using IndexPair = std::pair<size_t, size_t>;  // index before, index now

// A longest common subsequence, items being equal where their numbers are; up to 500 items a side, of several longest
// ones the one that shifts least. Longer lists by Hunt and Szymanski 1977: cost by the number of equal pairs, not by
// the product of the lengths; numbers that occur very often on both sides are left out, the most frequent first, until
// at most `max_pairs` are compared: the result is then a common subsequence, not always a longest.
std::vector<IndexPair> common_order(std::span<const std::uint32_t> before, std::span<const std::uint32_t> now,
                                    size_t max_pairs = 1'000'000);

}  // namespace stele::content
