#pragma once
// Our blocks against cmark's tree: the proof that a cut is right.
#include <cmark-gfm.h>

#include <optional>
#include <vector>

#include "src/content/markdown_blocks.hpp"

namespace stele::content {

// The smallest run of siblings in which both trees differ: children [first, last] of `parent`; of the document itself
// when there is no such run.
struct Difference {
    uint32_t parent = 0;
    size_t first = 0;
    size_t last = 0;
    bool everything = false;
};

// `texts[i]` is what the i-th block with a text must contain, markup aside; empty: any text.
std::optional<Difference> find_difference(const Blocks& blocks, const std::vector<std::string>& texts,
                                          cmark_node* document);

}  // namespace stele::content
