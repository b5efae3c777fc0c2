#include "src/content/markdown_cut.hpp"

#include <algorithm>
#include <array>

#include "src/content/markdown_cmark.hpp"
#include "src/content/markdown_scan.hpp"

namespace stele::content {
namespace {

std::string_view bytes(const Blocks& blocks, Span span) {
    return blocks.source.substr(span.begin, span.end - span.begin);
}

std::string joined(const Blocks& blocks, const Block& block) {
    std::string text;
    for (size_t i = 0; i < block.text.size(); ++i) {
        if (i > 0) text += '\n';
        text += bytes(blocks, block.text[i]);
    }
    return text;
}

bool has_text(const Blocks& blocks, const Block& block) {
    switch (block.type) {
        case BlockType::paragraph:
        case BlockType::heading:
        case BlockType::code:
        case BlockType::cell:
            return !scan::is_blank(joined(blocks, block));
        case BlockType::html: {
            const std::string text = joined(blocks, block);
            return !scan::is_blank(text) && (block.merged || !is_comment(text));
        }
        default:
            return false;
    }
}

// "![…](…)" or "![…][…]" and nothing else. Definitions of the labels are far away: any will do.
bool is_lone_image(std::string_view text) {
    if (!text.starts_with("![") || (text.back() != ')' && text.back() != ']')) return false;
    std::string alone(text);
    if (const size_t label = text.rfind("]["); text.back() == ']' && label != std::string_view::npos)
        alone.append("\n\n").append(text.substr(label + 1)).append(": x");
    const ParseArena arena;
    cmark_node* paragraph = cmark_node_first_child(parse_document(arena, alone));
    if (!paragraph || cmark_node_get_type(paragraph) != CMARK_NODE_PARAGRAPH) return false;
    cmark_node* image = cmark_node_first_child(paragraph);
    return image && cmark_node_get_type(image) == CMARK_NODE_IMAGE && !cmark_node_next(image);
}

bool opens_item(const Blocks& blocks, uint32_t id) {
    const Block& parent = blocks.all[blocks.all[id].parent];
    if (parent.type != BlockType::item) return false;
    for (uint32_t child : parent.children)
        if (blocks.all[child].type != BlockType::references) return child == id;
    return false;
}

Kind kind_of(const Blocks& blocks, uint32_t id, std::string_view text) {
    switch (blocks.all[id].type) {
        case BlockType::heading:
            return Kind::heading;
        case BlockType::code:
            return Kind::code;
        case BlockType::cell:
            return Kind::table_cell;
        case BlockType::paragraph:
            if (opens_item(blocks, id)) return Kind::list_item;
            return is_lone_image(text) ? Kind::caption : Kind::paragraph;
        default:
            return Kind::block;
    }
}

std::string line_end(std::string_view source) {
    const size_t at = source.find_first_of("\r\n");
    if (at == std::string_view::npos || source[at] == '\n') return "\n";
    return source.substr(at, 2) == "\r\n" ? "\r\n" : "\r";
}

std::string next_prefix(const Blocks& blocks, const Block& block) {
    if (block.type == BlockType::cell || (block.type == BlockType::heading && !block.underlined)) return " ";
    std::string prefix;
    for (uint32_t id = block.parent; id != 0; id = blocks.all[id].parent) {
        if (blocks.all[id].type == BlockType::quote) prefix.insert(0, "> ");
        if (blocks.all[id].type == BlockType::item) prefix.insert(0, blocks.all[id].width, ' ');
    }
    if (block.type == BlockType::code) prefix.append(block.marker == 0 ? 4 : block.indent, ' ');
    return line_end(blocks.source) + prefix;
}

Slot slot_of(const Blocks& blocks, const Block& block, Kind kind) {
    Slot slot{kind, {}, next_prefix(blocks, block)};
    for (size_t i = 1; i < block.text.size(); ++i)
        slot.line_prefixes.emplace_back(bytes(blocks, {block.text[i - 1].end, block.text[i].begin}));
    return slot;
}

void collect(const Blocks& blocks, uint32_t id, std::vector<uint32_t>& found) {
    if (has_text(blocks, blocks.all[id])) found.push_back(id);
    for (uint32_t child : blocks.all[id].children) collect(blocks, child, found);
}

bool keeps_space(Kind kind) { return kind == Kind::code || kind == Kind::block; }

std::string_view trimmed(Kind kind, std::string_view text) {
    if (scan::is_blank(text)) return {};
    if (keeps_space(kind)) return text.substr(0, text.find_last_not_of("\r\n") + 1);
    text = scan::trim_right(text);
    return text.substr(text.find_first_not_of(" \t\r\n"));
}

constexpr std::array kind_names =
    std::to_array<std::string_view>({"paragraph", "heading", "list-item", "table-cell", "caption", "code", "block"});

}  // namespace

std::string_view name_of(Kind kind) { return kind_names[static_cast<size_t>(kind)]; }

std::optional<Kind> kind_named(std::string_view name) {
    const auto found = std::find(kind_names.begin(), kind_names.end(), name);
    if (found == kind_names.end()) return std::nullopt;
    return static_cast<Kind>(found - kind_names.begin());
}

bool is_comment(std::string_view html) {
    html = scan::trim(html);
    return html.starts_with("<!--") && html.size() >= 7 && html.find("-->", 4) == html.size() - 3;
}

std::vector<uint32_t> text_blocks(const Blocks& blocks) {
    std::vector<uint32_t> found;
    collect(blocks, 0, found);
    return found;
}

Body body_of(const Blocks& blocks) {
    Body body;
    size_t at = 0;
    for (uint32_t id : text_blocks(blocks)) {
        const Block& block = blocks.all[id];
        std::string text = joined(blocks, block);
        const Kind kind = kind_of(blocks, id, text);
        body.skeleton.literals.emplace_back(bytes(blocks, {at, block.text.front().begin}));
        body.skeleton.slots.push_back(slot_of(blocks, block, kind));
        body.leaves.push_back({kind, std::move(text)});
        at = block.text.back().end;
    }
    body.skeleton.literals.emplace_back(blocks.source.substr(at));
    return body;
}

void merge_children(Blocks& blocks, uint32_t parent, size_t first, size_t last) {
    auto& siblings = blocks.all[parent].children;
    const uint32_t id = siblings[first];
    const Block& front = blocks.all[id];
    Block merged{BlockType::html, parent, front.begin, front.first_line, front.last_line, front.depth};
    merged.merged = true;
    for (size_t i = first; i <= last; ++i)
        merged.last_line = std::max(merged.last_line, blocks.all[siblings[i]].last_line);
    for (size_t line = merged.first_line; line <= merged.last_line; ++line) {
        const size_t begin = line == merged.first_line ? front.begin : blocks.content_begin(line, front.depth);
        merged.text.push_back({begin, blocks.lines[line].end});
    }
    while (merged.text.size() > 1 && scan::is_blank(bytes(blocks, merged.text.back()))) merged.text.pop_back();
    blocks.all[id] = std::move(merged);
    const auto begin = siblings.begin();
    siblings.erase(begin + static_cast<std::ptrdiff_t>(first) + 1, begin + static_cast<std::ptrdiff_t>(last) + 1);
}

std::string placeholder(const Skeleton& skeleton, size_t slot) {
    const std::string word = "x" + std::to_string(slot);
    return skeleton.slots[slot].kind == Kind::block ? "<?" + word + "?>" : word;
}

Filled fill_with_placeholders(const Skeleton& skeleton) {
    Filled filled;
    for (size_t i = 0; i < skeleton.slots.size(); ++i) {
        filled.text += skeleton.literals[i];
        filled.begins.push_back(filled.text.size());
        filled.text += placeholder(skeleton, i);
    }
    filled.text += skeleton.literals.back();
    return filled;
}

std::string text_in_slot(const Slot& slot, std::string_view text) {
    text = trimmed(slot.kind, text);
    std::string out;
    for (size_t line = 0; !text.empty(); ++line) {
        if (line > 0) out += line <= slot.line_prefixes.size() ? slot.line_prefixes[line - 1] : slot.next_prefix;
        const size_t end = std::min(text.find_first_of("\r\n"), text.size());
        out += text.substr(0, end);
        if (end == text.size()) break;
        text.remove_prefix(end + (text.substr(end, 2) == "\r\n" ? 2 : 1));
        if (text.empty()) break;
    }
    return out;
}

}  // namespace stele::content
