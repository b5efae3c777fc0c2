#pragma once
// Texts that parsers, comparisons and alignments find hardest, as long as asked for.
#include <functional>
#include <string>
#include <vector>

namespace stele::bench {

struct Adversary {
    std::string name;
    // About `bytes` long; another `seed` gives another text of the same kind, where it can.
    std::function<std::string(size_t bytes, unsigned seed)> text;
};

// Markdown: nesting, brackets, emphasis, backticks, links, tables, entities, raw HTML, white space, many equal blocks.
const std::vector<Adversary>& markdown_adversaries();
// Pairs of texts to be compared: seed 0 against seed 1. Rewritten, reversed, repeated, shuffled.
const std::vector<Adversary>& comparison_adversaries();

}  // namespace stele::bench
