#pragma once
// The state of parse_blocks while it walks the lines.
#include "src/content/markdown_blocks.hpp"
#include "src/content/markdown_scan.hpp"

namespace stele::content {

class BlockParser {
  public:
    explicit BlockParser(Blocks& blocks) : out_(blocks) {}
    void run();

  private:
    // Moving in the line; columns count tabs as up to four (CommonMark 2.2).
    void begin_line(size_t number);
    void find_text();
    void advance(size_t count, bool columns);
    char peek() const { return text_ < line().end ? out_.source[text_] : '\n'; }
    bool gap_at(size_t at) const;
    std::string_view rest() const { return out_.source.substr(text_, line().end - text_); }
    const SourceLine& line() const { return out_.lines[number_]; }

    // The open blocks.
    Block& top() { return out_.all[open_.back()]; }
    Block& container() { return out_.all[open_[matched_ - 1]]; }
    uint32_t add(BlockType type);
    uint32_t make(BlockType type, uint32_t parent, size_t begin);
    void insert_before(uint32_t sibling, uint32_t block);
    void close_unmatched();
    void close_top();
    bool resolve_references(uint32_t id);
    void note_prefix();

    void process_line();
    bool match_open();  // false: the line was a closing fence
    bool continues(Block& block);
    bool continues_item(const Block& block);
    bool continues_code(Block& block);
    bool fence_closed_ = false;

    void open_new();
    bool open_one(bool maybe_lazy);
    bool open_quote();
    bool open_heading();
    bool open_fence();
    bool open_html();
    bool underline_paragraph();
    bool open_thematic_break();
    bool open_item();
    size_t skip_padding(size_t marker);
    bool open_indented();
    bool open_table();
    bool add_row();
    void add_cells(uint32_t table, std::string_view text, size_t line_number);
    void note_task();

    void add_text();
    void add_line(uint32_t id, size_t begin, size_t end);
    void add_code_line(uint32_t id);

    Blocks& out_;
    std::vector<uint32_t> open_{0};
    size_t matched_ = 1;
    bool all_matched_ = true;
    bool opened_ = false;
    size_t lacking_cells_ = 0;

    size_t number_ = 0;
    size_t offset_ = 0;
    size_t column_ = 0;
    bool inside_tab_ = false;
    size_t text_ = 0;  // first byte that is no space or tab
    size_t text_column_ = 0;
    size_t indent_ = 0;
    bool blank_ = false;
    uint32_t prefixes_ = 0;
};

}  // namespace stele::content
