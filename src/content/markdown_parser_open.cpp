// How a line opens new blocks: in cmark's order.
#include "src/content/markdown_hard.hpp"
#include "src/content/markdown_parser.hpp"

namespace stele::content {
namespace {

constexpr size_t code_indent = 4;

bool is_leaf(BlockType type) {
    return type != BlockType::document && type != BlockType::quote && type != BlockType::list &&
           type != BlockType::item;
}

}  // namespace

void BlockParser::open_new() {
    bool maybe_lazy = top().type == BlockType::paragraph;
    while (container().type != BlockType::code && container().type != BlockType::html && !out_.too_deep) {
        find_text();
        if (!open_one(maybe_lazy)) return;
        if (is_leaf(container().type)) return;
        maybe_lazy = false;
    }
}

bool BlockParser::open_one(bool maybe_lazy) {
    if (indent_ < code_indent) {
        if (open_quote() || open_heading() || open_fence() || open_html() || underline_paragraph() ||
            open_thematic_break() || open_item())
            return true;
        if (container().type == BlockType::paragraph) return open_table();
        if (container().type == BlockType::table) return add_row();
        if (container().type == BlockType::item) note_task();
        return false;
    }
    return !maybe_lazy && !blank_ && open_indented();
}

bool BlockParser::open_quote() {
    if (peek() != '>') return false;
    add(BlockType::quote);
    advance(text_ + 1 - offset_, false);
    if (gap_at(offset_)) advance(1, true);
    note_prefix();
    return true;
}

bool BlockParser::open_heading() {
    const int level = scan::atx_level(rest());
    if (level == 0) return false;
    const uint32_t id = add(BlockType::heading);
    out_.all[id].level = level;
    size_t at = text_ + static_cast<size_t>(level);
    while (gap_at(at)) ++at;
    advance(at - offset_, false);
    return true;
}

bool BlockParser::open_fence() {
    const size_t length = scan::fence_open(rest());
    if (length == 0) return false;
    Block& code = out_.all[add(BlockType::code)];
    code.marker = peek();
    // cmark keeps the length in a byte.
    code.width = length > 255 ? 255 : length;
    code.indent = text_ - offset_;
    advance(text_ + length - offset_, false);
    return true;
}

bool BlockParser::open_html() {
    const int kind = scan::html_start(rest(), container().type == BlockType::paragraph);
    if (kind == 0) return false;
    out_.all[add(BlockType::html)].html_kind = kind;
    return true;
}

bool BlockParser::underline_paragraph() {
    const int level = container().type == BlockType::paragraph ? scan::setext_level(rest()) : 0;
    if (level == 0) return false;
    const uint32_t id = open_[matched_ - 1];
    if (!resolve_references(id)) return false;
    Block& heading = out_.all[id];
    heading.type = BlockType::heading;
    heading.underlined = true;
    heading.level = level;
    heading.last_line = number_;
    opened_ = true;
    advance(line().end - offset_, false);
    return true;
}

bool BlockParser::open_thematic_break() {
    if (container().type == BlockType::paragraph && !all_matched_) return false;
    if (!scan::thematic_break(rest())) return false;
    add(BlockType::thematic_break);
    advance(line().end - offset_, false);
    return true;
}

// How far the item's content stands behind its marker, which was just passed: one to four columns, else one.
size_t BlockParser::skip_padding(size_t marker) {
    const bool inside_tab = inside_tab_;
    const size_t offset = offset_, column = column_;
    while (column_ - column <= 5 && gap_at(offset_)) advance(1, true);
    const size_t padding = column_ - column;
    if (padding >= 1 && padding < 5 && offset_ < line().end) return marker + padding;
    offset_ = offset;
    column_ = column;
    inside_tab_ = inside_tab;
    if (padding > 0) advance(1, true);
    return marker + 1;
}

bool BlockParser::open_item() {
    const auto marker = scan::list_marker(rest(), container().type == BlockType::paragraph);
    if (!marker) return false;
    const size_t indent = indent_;
    const size_t begin = text_;
    advance(text_ + marker->size - offset_, false);
    const size_t width = skip_padding(marker->size);
    text_ = begin;
    if (container().type != BlockType::list || container().marker != marker->kind) {
        if (container().type == BlockType::list) --matched_;
        const uint32_t list = add(BlockType::list);
        out_.all[list].marker = marker->kind;
    }
    const uint32_t item = add(BlockType::item);
    out_.all[item].marker = marker->kind;
    out_.all[item].width = indent + width;
    note_prefix();
    return true;
}

void BlockParser::note_task() {
    if (blank_ || !scan::task_item(out_.source.substr(line().begin, line().end - line().begin))) return;
    container().task = true;
    advance(3, false);
}

bool BlockParser::open_indented() {
    advance(code_indent, true);
    const uint32_t id = add(BlockType::code);
    out_.all[id].begin = out_.content_begin(number_, out_.all[id].depth);
    return true;
}

bool BlockParser::open_table() {
    if (!scan::delimiter_row(rest())) return false;
    const uint32_t id = open_[matched_ - 1];
    if (out_.all[id].text.empty()) return false;
    const Span last = out_.all[id].text.back();
    const std::string_view header = out_.source.substr(last.begin, last.end - last.begin);
    const size_t columns = scan::table_row(rest()).cells.size();
    if (scan::table_row(header).cells.size() != columns) return false;

    const size_t header_line = number_ - 1;
    if (out_.all[id].text.size() > 1) {
        // The lines before the header stay a paragraph; cmark-gfm looks for no definitions in it.
        const uint32_t before = make(BlockType::paragraph, out_.all[id].parent, out_.all[id].begin);
        insert_before(id, before);
        Block& paragraph = out_.all[before];
        paragraph.text = out_.all[id].text;
        paragraph.text.pop_back();
        paragraph.first_line = out_.all[id].first_line;
        paragraph.last_line = header_line - 1;
    }
    Block& table = out_.all[id];
    table.type = BlockType::table;
    table.text.clear();
    table.begin = last.begin;
    table.first_line = header_line;
    table.last_line = number_;
    table.columns = columns;
    opened_ = true;
    add_cells(id, header, header_line);
    advance(line().end - offset_, false);
    return true;
}

bool BlockParser::add_row() {
    if (blank_) return false;
    const uint32_t table = open_[matched_ - 1];
    close_unmatched();
    add_cells(table, rest(), number_);
    opened_ = true;
    advance(line().end - offset_, false);
    return true;
}

void BlockParser::add_cells(uint32_t table, std::string_view text, size_t line_number) {
    const scan::Row cut = scan::table_row(text);
    const uint32_t row = make(BlockType::row, table, static_cast<size_t>(text.data() - out_.source.data()));
    out_.all[table].children.push_back(row);
    out_.all[table].last_line = number_;
    out_.all[row].first_line = out_.all[row].last_line = line_number;
    out_.all[row].open_pipe = cut.open_pipe;
    out_.all[row].close_pipe = cut.close_pipe;
    const size_t columns = out_.all[table].columns;
    lacking_cells_ += columns > cut.cells.size() ? columns - cut.cells.size() : 0;
    out_.too_deep |= lacks_too_many(lacking_cells_, out_.source.size());
    if (out_.too_deep) return;
    for (size_t i = 0; i < columns; ++i) {
        const bool written = i < cut.cells.size();
        const size_t begin = written ? static_cast<size_t>(cut.cells[i].data() - out_.source.data()) : line().end;
        const uint32_t cell = make(BlockType::cell, row, begin);
        out_.all[row].children.push_back(cell);
        out_.all[cell].first_line = out_.all[cell].last_line = line_number;
        if (written && !cut.cells[i].empty()) out_.all[cell].text.push_back({begin, begin + cut.cells[i].size()});
    }
}

}  // namespace stele::content
