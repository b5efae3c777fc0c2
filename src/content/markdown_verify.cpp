#include "src/content/markdown_verify.hpp"

#include <algorithm>
#include <string>

#include "src/content/markdown_cmark.hpp"
#include "src/content/markdown_cut.hpp"
#include "src/content/markdown_scan.hpp"

namespace stele::content {
namespace {

class Comparison {
  public:
    Comparison(const Blocks& blocks, const std::vector<std::string>& texts) : blocks_(blocks), texts_(texts) {
        slots_.resize(blocks.all.size(), -1);
        int slot = 0;
        for (uint32_t id : text_blocks(blocks)) slots_[id] = slot++;
    }

    std::optional<Difference> find(uint32_t id, cmark_node* node) const {
        const std::vector<size_t> ours = kids(id);
        const std::vector<cmark_node*> theirs = kids(node);
        size_t head = 0;
        while (head < std::min(ours.size(), theirs.size()) && same(child(id, ours[head]), theirs[head])) ++head;
        if (head == ours.size() && head == theirs.size()) return std::nullopt;
        size_t tail = 0;
        while (tail < std::min(ours.size(), theirs.size()) - head &&
               same(child(id, ours[ours.size() - tail - 1]), theirs[theirs.size() - tail - 1]))
            ++tail;
        const size_t left = ours.size() - head - tail;
        if (left == 1 && theirs.size() - head - tail == 1) {
            const uint32_t only = child(id, ours[head]);
            if (same_type(blocks_.all[only], theirs[head]) && !blocks_.all[only].children.empty())
                return find(only, theirs[head]);
        }
        return run(id, ours, head, left);
    }

  private:
    uint32_t child(uint32_t id, size_t index) const { return blocks_.all[id].children[index]; }

    // Blocks may be put in place of blocks, not of items, rows or cells.
    Difference run(uint32_t id, const std::vector<size_t>& ours, size_t head, size_t left) const {
        const BlockType type = blocks_.all[id].type;
        const bool of_blocks = type == BlockType::document || type == BlockType::quote || type == BlockType::item;
        if (!of_blocks || ours.empty()) return itself(id);
        if (left == 0) {
            if (head == ours.size()) --head;
            left = 1;
        }
        const Block& only = blocks_.all[child(id, ours[head])];
        if (left == 1 && only.merged) {
            if (ours.size() == 1) return itself(id);
            // Merging it alone was tried before: take a neighbour along.
            if (head + 1 == ours.size()) --head;
            left = 2;
        }
        return {id, ours[head], ours[head + left - 1]};
    }

    Difference itself(uint32_t id) const {
        if (id == 0) return {0, 0, 0, true};
        const uint32_t parent = blocks_.all[id].parent;
        const BlockType type = blocks_.all[parent].type;
        if (type == BlockType::list || type == BlockType::table || type == BlockType::row) return itself(parent);
        const auto& siblings = blocks_.all[parent].children;
        const auto at = static_cast<size_t>(std::find(siblings.begin(), siblings.end(), id) - siblings.begin());
        return {parent, at, at};
    }

    std::vector<size_t> kids(uint32_t id) const {
        std::vector<size_t> found;
        const auto& children = blocks_.all[id].children;
        for (size_t i = 0; i < children.size(); ++i)
            if (blocks_.all[children[i]].type != BlockType::references) found.push_back(i);
        return found;
    }

    static std::vector<cmark_node*> kids(cmark_node* node) {
        std::vector<cmark_node*> found;
        for (cmark_node* n = cmark_node_first_child(node); n; n = cmark_node_next(n)) found.push_back(n);
        return found;
    }

    bool same(uint32_t id, cmark_node* node) const {
        const Block& block = blocks_.all[id];
        if (!same_type(block, node)) return false;
        if (is_leaf(block.type)) return same_text(block, slots_[id], node);
        cmark_node* theirs = cmark_node_first_child(node);
        for (uint32_t kid : block.children) {
            if (blocks_.all[kid].type == BlockType::references) continue;
            if (!theirs || !same(kid, theirs)) return false;
            theirs = cmark_node_next(theirs);
        }
        return !theirs;
    }

    static bool is_leaf(BlockType type) {
        return type == BlockType::paragraph || type == BlockType::heading || type == BlockType::code ||
               type == BlockType::html || type == BlockType::cell || type == BlockType::thematic_break;
    }

    static bool same_type(const Block& block, cmark_node* node) {
        const cmark_node_type type = cmark_node_get_type(node);
        switch (block.type) {
            case BlockType::quote:
                return type == CMARK_NODE_BLOCK_QUOTE;
            case BlockType::list:
                return type == CMARK_NODE_LIST && (cmark_node_get_list_type(node) == CMARK_ORDERED_LIST) ==
                                                      (block.marker == '.' || block.marker == ')');
            case BlockType::item:
                return type == CMARK_NODE_ITEM && is_task(node) == block.task;
            case BlockType::paragraph:
                return type == CMARK_NODE_PARAGRAPH;
            case BlockType::heading:
                return type == CMARK_NODE_HEADING && cmark_node_get_heading_level(node) == block.level;
            case BlockType::code:
                return type == CMARK_NODE_CODE_BLOCK;
            case BlockType::html:
                return type == CMARK_NODE_HTML_BLOCK;
            case BlockType::thematic_break:
                return type == CMARK_NODE_THEMATIC_BREAK;
            case BlockType::table:
                return type == CMARK_NODE_TABLE;
            case BlockType::row:
                return type == CMARK_NODE_TABLE_ROW;
            case BlockType::cell:
                return type == CMARK_NODE_TABLE_CELL;
            default:
                return false;
        }
    }

    bool same_text(const Block& block, int slot, cmark_node* node) const {
        cmark_node* inside = cmark_node_first_child(node);
        const bool raw = block.type == BlockType::code || block.type == BlockType::html;
        const std::string_view literal = scan::trim(literal_of(raw || !inside ? node : inside));
        const bool filled = raw ? !literal.empty() : inside != nullptr;
        // A comment has a literal and no slot.
        if (slot < 0) return !filled || block.type == BlockType::html;
        if (!filled) return false;
        return texts_.empty() || (literal == texts_[static_cast<size_t>(slot)] && (raw || !cmark_node_next(inside)));
    }

    const Blocks& blocks_;
    const std::vector<std::string>& texts_;
    std::vector<int> slots_;
};

}  // namespace

std::optional<Difference> find_difference(const Blocks& blocks, const std::vector<std::string>& texts,
                                          cmark_node* document) {
    return Comparison(blocks, texts).find(0, document);
}

}  // namespace stele::content
