// segments_of: cut, prove, and where the proof fails cut more coarsely.
#include "src/content/limits.hpp"
#include "src/content/markdown_cmark.hpp"
#include "src/content/markdown_cut.hpp"
#include "src/content/markdown_hard.hpp"
#include "src/content/markdown_scan.hpp"
#include "src/content/markdown_verify.hpp"

namespace stele::content {
namespace {

// Each round merges one place; a body with more of them is left whole.
constexpr int max_rounds = 30;

std::vector<std::string> placeholders(const Skeleton& skeleton) {
    std::vector<std::string> words;
    for (size_t i = 0; i < skeleton.slots.size(); ++i) words.push_back(placeholder(skeleton, i));
    return words;
}

// The body with its own texts, but a placeholder for each merged block, which one parse cannot tell from its
// neighbours.
std::string with_merged_hidden(const Blocks& blocks, const Body& body) {
    const std::vector<uint32_t> ids = text_blocks(blocks);
    std::string out;
    for (size_t i = 0; i < ids.size(); ++i) {
        out += body.skeleton.literals[i];
        out += blocks.all[ids[i]].merged ? placeholder(body.skeleton, i)
                                         : text_in_slot(body.skeleton.slots[i], body.leaves[i].text);
    }
    return out += body.skeleton.literals.back();
}

std::optional<Difference> difference_from(const Blocks& blocks, const std::string& markdown,
                                          const std::vector<std::string>& texts) {
    const ParseArena arena;
    return find_difference(blocks, texts, parse_document(arena, markdown));
}

std::optional<Difference> difference_of(const Blocks& blocks, const Body& body) {
    if (auto difference = difference_from(blocks, with_merged_hidden(blocks, body), {})) return difference;
    // Another text in each slot must leave the tree as it is: then every slot is exactly one leaf of it.
    return difference_from(blocks, fill_with_placeholders(body.skeleton).text, placeholders(body.skeleton));
}

}  // namespace

Body whole_body(std::string_view markdown) {
    Blocks blocks;
    blocks.source = markdown;
    blocks.all.push_back({BlockType::document});
    if (scan::is_blank(markdown)) return {{{std::string(markdown)}, {}}, {}};
    Block block{BlockType::html};
    block.merged = true;
    for (size_t begin = 0; begin < markdown.size();) {
        const size_t end = std::min(markdown.find_first_of("\r\n", begin), markdown.size());
        block.text.push_back({begin, end});
        begin = end + (markdown.substr(end, 2) == "\r\n" ? 2 : 1);
    }
    const auto blank = [&](Span s) { return scan::is_blank(markdown.substr(s.begin, s.end - s.begin)); };
    while (blank(block.text.back())) block.text.pop_back();
    while (blank(block.text.front())) block.text.erase(block.text.begin());
    blocks.all.push_back(std::move(block));
    blocks.all[0].children.push_back(1);
    return body_of(blocks);
}

Body segments_of(std::string_view markdown) {
    if (markdown.size() > max_body_bytes || is_hard(markdown)) return whole_body(markdown);
    Blocks blocks = parse_blocks(markdown);
    if (blocks.too_deep) return whole_body(markdown);
    if (text_blocks(blocks).size() > max_segments) {
        // Told before the proof, which is what costs.
        Body whole = whole_body(markdown);
        whole.too_many = true;
        return whole;
    }
    for (int round = 0; round < max_rounds; ++round) {
        Body body = body_of(blocks);
        const auto difference = difference_of(blocks, body);
        if (!difference) return body;
        if (difference->everything) break;
        merge_children(blocks, difference->parent, difference->first, difference->last);
    }
    return whole_body(markdown);
}

}  // namespace stele::content
