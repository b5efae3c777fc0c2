#include "src/content/markdown_parser.hpp"

#include <algorithm>
#include <string>

namespace stele::content {
namespace {

constexpr size_t tab_stop = 4;
constexpr size_t code_indent = 4;

bool can_contain(BlockType parent, BlockType child) {
    switch (parent) {
        case BlockType::document:
        case BlockType::quote:
        case BlockType::item:
            return child != BlockType::item && child != BlockType::row && child != BlockType::cell;
        case BlockType::list:
            return child == BlockType::item;
        case BlockType::table:
            return child == BlockType::row;
        case BlockType::row:
            return child == BlockType::cell;
        default:
            return false;
    }
}

bool nests(BlockType type) { return type == BlockType::quote || type == BlockType::item; }

}  // namespace

void BlockParser::run() {
    for (size_t number = 0; number < out_.lines.size() && !out_.too_deep; ++number) {
        begin_line(number);
        process_line();
    }
    matched_ = 1;
    close_unmatched();
}

void BlockParser::begin_line(size_t number) {
    number_ = number;
    offset_ = line().begin;
    if (number == 0 && out_.source.starts_with("\xEF\xBB\xBF")) offset_ += 3;
    column_ = 0;
    inside_tab_ = false;
    text_ = text_column_ = indent_ = 0;
    prefixes_ = 0;
    out_.lines[number].first_prefix = static_cast<uint32_t>(out_.prefix_ends.size());
    note_prefix();
}

void BlockParser::note_prefix() {
    out_.prefix_ends.push_back(std::min(offset_, line().end));
    out_.lines[number_].prefixes = ++prefixes_;
}

void BlockParser::find_text() {
    text_ = offset_;
    text_column_ = column_;
    for (; text_ < line().end; ++text_) {
        if (out_.source[text_] == ' ')
            ++text_column_;
        else if (out_.source[text_] == '\t')
            text_column_ += tab_stop - text_column_ % tab_stop;
        else
            break;
    }
    indent_ = text_column_ - column_;
    blank_ = text_ == line().end;
}

void BlockParser::advance(size_t count, bool columns) {
    while (count > 0 && offset_ < line().end) {
        if (out_.source[offset_] != '\t') {
            inside_tab_ = false;
            ++offset_;
            ++column_;
            --count;
            continue;
        }
        const size_t to_stop = tab_stop - column_ % tab_stop;
        inside_tab_ = columns && to_stop > count;
        const size_t step = columns ? std::min(count, to_stop) : to_stop;
        column_ += step;
        offset_ += inside_tab_ ? 0 : 1;
        count -= columns ? step : 1;
    }
}

bool BlockParser::gap_at(size_t at) const {
    return at < line().end && (out_.source[at] == ' ' || out_.source[at] == '\t');
}

uint32_t BlockParser::make(BlockType type, uint32_t parent, size_t begin) {
    const auto id = static_cast<uint32_t>(out_.all.size());
    Block block{type, parent, begin, number_, number_};
    const Block& above = out_.all[parent];
    block.depth = above.depth + (nests(above.type) ? 1 : 0);
    out_.all.push_back(std::move(block));
    return id;
}

uint32_t BlockParser::add(BlockType type) {
    close_unmatched();
    while (!can_contain(top().type, type)) close_top();
    const uint32_t parent = open_.back();
    const uint32_t id = make(type, parent, text_);
    out_.all[parent].children.push_back(id);
    open_.push_back(id);
    matched_ = open_.size();
    opened_ = true;
    out_.too_deep |= out_.all[id].depth > Blocks::max_depth;
    return id;
}

void BlockParser::insert_before(uint32_t sibling, uint32_t block) {
    auto& siblings = out_.all[out_.all[sibling].parent].children;
    siblings.insert(std::find(siblings.rbegin(), siblings.rend(), sibling).base() - 1, block);
}

void BlockParser::close_unmatched() {
    while (open_.size() > matched_) close_top();
}

void BlockParser::close_top() {
    const uint32_t id = open_.back();
    open_.pop_back();
    matched_ = std::min(matched_, open_.size());
    if (out_.all[id].type != BlockType::paragraph || resolve_references(id)) return;
    auto& siblings = out_.all[out_.all[id].parent].children;
    siblings.erase(std::find(siblings.begin(), siblings.end(), id));
}

// False when nothing but definitions is left of the paragraph.
bool BlockParser::resolve_references(uint32_t id) {
    const Block& block = out_.all[id];
    if (block.text.empty()) return false;
    if (out_.source[block.text[0].begin] != '[') return true;
    std::string content;
    for (Span s : block.text) content.append(out_.source.substr(s.begin, s.end - s.begin)).push_back('\n');
    size_t used = 0;
    while (size_t size = scan::reference_definition(std::string_view(content).substr(used))) used += size;
    const auto count = std::count(content.begin(), content.begin() + static_cast<std::ptrdiff_t>(used), '\n');
    if (count == 0) return true;

    const uint32_t references = make(BlockType::references, block.parent, block.begin);
    insert_before(id, references);
    Block& paragraph = out_.all[id];
    out_.all[references].first_line = paragraph.first_line;
    out_.all[references].last_line = paragraph.first_line + static_cast<size_t>(count) - 1;
    paragraph.text.erase(paragraph.text.begin(), paragraph.text.begin() + count);
    paragraph.first_line += static_cast<size_t>(count);
    if (!paragraph.text.empty()) paragraph.begin = paragraph.text[0].begin;
    return !paragraph.text.empty();
}

void BlockParser::process_line() {
    matched_ = 1;
    opened_ = false;
    if (!match_open()) return;
    all_matched_ = matched_ == open_.size();
    open_new();
    add_text();
}

bool BlockParser::match_open() {
    fence_closed_ = false;
    while (matched_ < open_.size()) {
        find_text();
        Block& block = out_.all[open_[matched_]];
        if (!continues(block)) return !fence_closed_;
        ++matched_;
        if (nests(block.type)) note_prefix();
    }
    return true;
}

bool BlockParser::continues(Block& block) {
    switch (block.type) {
        case BlockType::quote:
            if (indent_ >= code_indent || peek() != '>') return false;
            advance(indent_ + 1, true);
            if (gap_at(offset_)) advance(1, true);
            return true;
        case BlockType::item:
            return continues_item(block);
        case BlockType::list:
            return true;
        case BlockType::code:
            return continues_code(block);
        case BlockType::html:
            return block.html_kind < 6 || !blank_;
        case BlockType::paragraph:
            return !blank_;
        case BlockType::table:
            return !blank_ && !scan::table_row(rest()).cells.empty();
        default:
            return false;
    }
}

bool BlockParser::continues_item(const Block& block) {
    if (indent_ >= block.width) {
        advance(block.width, true);
        return true;
    }
    // An item whose first line is blank ends at a second one (CommonMark 5.2).
    const bool has_content = std::any_of(block.children.begin(), block.children.end(), [this](uint32_t child) {
        return out_.all[child].type != BlockType::references;
    });
    if (!blank_ || !has_content) return false;
    advance(text_ - offset_, false);
    return true;
}

bool BlockParser::continues_code(Block& block) {
    if (block.marker == 0) {
        if (indent_ < code_indent && !blank_) return false;
        if (indent_ >= code_indent)
            advance(code_indent, true);
        else
            advance(text_ - offset_, false);
        return true;
    }
    if (indent_ < code_indent && peek() == block.marker && scan::fence_close(rest()) >= block.width) {
        block.last_line = number_;
        open_.resize(matched_ + 1);
        close_top();
        fence_closed_ = true;
        return false;
    }
    for (size_t i = 0; i < block.indent && gap_at(offset_); ++i) advance(1, true);
    return true;
}

void BlockParser::add_text() {
    find_text();
    const bool lazy = matched_ < open_.size() && !opened_ && !blank_ && top().type == BlockType::paragraph;
    if (!lazy) close_unmatched();
    const uint32_t id = open_.back();
    const BlockType type = out_.all[id].type;
    if (type == BlockType::code) {
        add_code_line(id);
    } else if (type == BlockType::html) {
        add_line(id, out_.all[id].text.empty() ? text_ : offset_, line().end);
        if (scan::html_end(rest(), out_.all[id].html_kind)) close_top();
    } else if (blank_) {
        out_.lines[number_].blank = !opened_;
    } else if (type == BlockType::heading) {
        const std::string_view text =
            scan::atx_text(out_.source.substr(out_.all[id].begin, line().end - out_.all[id].begin));
        const auto begin = static_cast<size_t>(text.data() - out_.source.data());
        if (!text.empty()) add_line(id, begin, begin + text.size());
    } else if (type == BlockType::paragraph) {
        add_line(id, text_, line().end);
    } else {
        add_line(add(BlockType::paragraph), text_, line().end);
    }
}

void BlockParser::add_code_line(uint32_t id) {
    out_.all[id].last_line = number_;
    // What stands behind the opening fence is its info string.
    if (out_.all[id].marker != 0 && out_.all[id].first_line == number_) return;
    add_line(id, std::min(offset_ + (inside_tab_ ? 1 : 0), line().end), line().end);
}

void BlockParser::add_line(uint32_t id, size_t begin, size_t end) {
    Block& block = out_.all[id];
    if (block.text.empty() && block.type == BlockType::paragraph) {
        block.begin = begin;
        block.first_line = number_;
    }
    block.last_line = number_;
    block.text.push_back({begin, end});
}

}  // namespace stele::content
