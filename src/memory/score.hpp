#pragma once
// How alike two texts are: the edit distance over their tokens. A word that is another, more or less costs 4, a mark 1,
// a number or placeholder in the place of another 1, since that can be put right.
#include <cstddef>
#include <utility>
#include <vector>

#include "src/memory/tokens.hpp"

namespace stele::memory {

struct Likeness {
    int score = 0;  // 0..100; 100: not one token differs, but for its case
    int distance = 0, whole = 0;
    // Numbers and placeholders that stand in the place of others: token of `kept`, token of `at_hand`.
    std::vector<std::pair<size_t, size_t>> replaced;
};

// The score of two texts without tokens is 100. Beyond 1,000 tokens on a side the score is 0: nobody reuses that.
// `at_least`: what cannot reach it need not be computed; the score is then 0.
Likeness likeness(const Tokens& kept, const Tokens& at_hand, int at_least = 0);
// As if `adapted` of the replaced numbers and placeholders were none.
int score_after(const Likeness& likeness, size_t adapted);

}  // namespace stele::memory
