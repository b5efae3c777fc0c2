#include "src/content/markdown_blocks.hpp"

#include <algorithm>

#include "src/content/markdown_parser.hpp"

namespace stele::content {

size_t Blocks::content_begin(size_t line, int depth) const {
    const SourceLine& l = lines[line];
    const auto last = static_cast<uint32_t>(l.prefixes - 1);
    return std::min(prefix_ends[l.first_prefix + std::min(static_cast<uint32_t>(depth), last)], l.end);
}

namespace {

std::vector<SourceLine> lines_of(std::string_view source) {
    std::vector<SourceLine> lines;
    size_t begin = 0;
    while (begin < source.size()) {
        const size_t end = std::min(source.find_first_of("\r\n", begin), source.size());
        size_t next = std::min(end + 1, source.size());
        if (end + 1 < source.size() && source[end] == '\r' && source[end + 1] == '\n') ++next;
        lines.push_back({begin, end, next, 0, 0, false});
        begin = next;
    }
    return lines;
}

bool blank_line(std::string_view source, Span s) { return scan::is_blank(source.substr(s.begin, s.end - s.begin)); }

// Blank lines at the end of code are not part of it when it is indented, and nothing to translate when fenced.
void trim_code(std::string_view source, Block& block) {
    while (!block.text.empty() && blank_line(source, block.text.back())) {
        block.text.pop_back();
        if (block.marker == 0) --block.last_line;
    }
}

void trim_text(std::string_view source, Block& block) {
    if (block.text.empty()) return;
    Span& last = block.text.back();
    last.end = last.begin + scan::trim_right(source.substr(last.begin, last.end - last.begin)).size();
}

// Children before parents: ids grow downwards, except paragraphs made of the lines before a table.
void finish_block(Blocks& blocks, Block& block) {
    if (block.type == BlockType::code || block.type == BlockType::html) trim_code(blocks.source, block);
    if (block.type == BlockType::paragraph || block.type == BlockType::heading) trim_text(blocks.source, block);
    for (uint32_t child : block.children) block.last_line = std::max(block.last_line, blocks.all[child].last_line);
}

}  // namespace

Blocks parse_blocks(std::string_view source) {
    Blocks blocks;
    blocks.source = source;
    blocks.lines = lines_of(source);
    blocks.all.push_back({BlockType::document});
    BlockParser(blocks).run();
    for (size_t id = blocks.all.size(); id-- > 0;) finish_block(blocks, blocks.all[id]);
    return blocks;
}

}  // namespace stele::content
