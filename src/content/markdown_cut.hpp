#pragma once
// From blocks to skeleton and leaves.
#include <string>
#include <vector>

#include "src/content/markdown.hpp"
#include "src/content/markdown_blocks.hpp"

namespace stele::content {

// A comment shows nothing, so there is nothing to translate in it.
bool is_comment(std::string_view html);
// Blocks that hold a text to translate, in document order.
std::vector<uint32_t> text_blocks(const Blocks& blocks);
Body body_of(const Blocks& blocks);
// Children [first, last] of `parent` become one block whose text is their lines without container prefixes.
void merge_children(Blocks& blocks, uint32_t parent, size_t first, size_t last);

// The skeleton with a word in every slot (an HTML block in a block, which needs no lines around it), and where in it
// each slot begins.
struct Filled {
    std::string text;
    std::vector<size_t> begins;
};
std::string placeholder(const Skeleton& skeleton, size_t slot);
Filled fill_with_placeholders(const Skeleton& skeleton);

// One text into one slot, as compose does it: blank texts give "".
std::string text_in_slot(const Slot& slot, std::string_view text);

}  // namespace stele::content
