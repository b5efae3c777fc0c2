#pragma once
// The block structure of a Markdown text with the exact bytes of every line of every leaf, which cmark does not give.
// Follows phase 1 of CommonMark 0.29 (appendix "A parsing strategy") and GFM's tables and task lists as cmark-gfm
// 0.29.0.gfm.6 reads them; what still differs is found by comparing with cmark's tree (markdown_verify.hpp).
#include <cstdint>
#include <string_view>
#include <vector>

namespace stele::content {

enum class BlockType {
    document,
    quote,
    list,
    item,
    paragraph,
    heading,
    code,
    html,
    thematic_break,
    table,
    row,
    cell,
    references,  // link reference definitions: no node in cmark's tree
};

struct Span {
    size_t begin;
    size_t end;
};

struct SourceLine {
    size_t begin;
    size_t end;             // without the line ending
    size_t next;            // begin of the next line
    uint32_t first_prefix;  // index into Blocks::prefix_ends
    uint32_t prefixes;      // how many containers the line is in, the document included
    bool blank;             // nothing behind the container prefixes
};

struct Block {
    BlockType type;
    uint32_t parent = 0;
    size_t begin = 0;  // of the marker or the first text
    size_t first_line = 0;
    size_t last_line = 0;
    int depth = 0;           // quotes and items around it
    std::vector<Span> text;  // leaf: the bytes of each of its lines
    std::vector<uint32_t> children;

    int level = 0;            // heading: 1 to 6
    bool underlined = false;  // heading: setext
    char marker = 0;          // list, item: - + * . ) ; code: the fence's character, 0 when indented
    size_t width = 0;         // item: columns of indent and marker; code: length of the fence
    size_t indent = 0;        // code: of the fence
    int html_kind = 0;        // html: 1 to 7, the start conditions of the spec
    bool task = false;        // item
    size_t columns = 0;       // table
    bool merged = false;      // html: stands for blocks that could not be cut
    bool open_pipe = false;   // row: begins with a pipe
    bool close_pipe = false;  // row: ends with one
};

struct Blocks {
    std::string_view source;
    std::vector<SourceLine> lines;
    std::vector<size_t> prefix_ends;  // per line: where the content begins inside 0, 1, 2 … containers
    std::vector<Block> all;           // [0] is the document
    bool too_deep = false;            // nested deeper than max_depth, or rows that lack too many cells: not cut at all

    static constexpr int max_depth = 100;
    size_t content_begin(size_t line, int depth) const;
};

Blocks parse_blocks(std::string_view source);

}  // namespace stele::content
