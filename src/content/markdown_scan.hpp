#pragma once
// What a line starts with: the small patterns of the CommonMark spec. `line` is the rest of a line without its ending.
#include <optional>
#include <string_view>
#include <vector>

namespace stele::content::scan {

bool is_space(char c);  // cmark's: space, tab, LF, CR
bool is_punctuation(char c);
std::string_view trim_right(std::string_view text);
std::string_view trim(std::string_view text);
bool is_blank(std::string_view text);

bool thematic_break(std::string_view line);
int atx_level(std::string_view line);              // 0 = no heading
std::string_view atx_text(std::string_view line);  // without the marks at both ends
int setext_level(std::string_view line);
size_t fence_open(std::string_view line);  // length of the fence, 0 = none
size_t fence_close(std::string_view line);
int html_start(std::string_view line, bool in_paragraph);  // start condition 1 to 7, 0 = none
bool html_end(std::string_view line, int kind);

struct ListMarker {
    char kind;    // - + * . )
    size_t size;  // bytes
};
std::optional<ListMarker> list_marker(std::string_view line, bool interrupts_paragraph);
// From the begin of the whole line, as cmark-gfm's task list extension has it: bytes up to the bracket's end.
bool task_item(std::string_view whole_line);

// Bytes of the link reference definition that `text` begins with, up to and with its line end; 0 = none.
size_t reference_definition(std::string_view text);

struct Row {
    std::vector<std::string_view> cells;  // trimmed
    bool open_pipe = false;
    bool close_pipe = false;
};
Row table_row(std::string_view line);
bool delimiter_row(std::string_view line);

}  // namespace stele::content::scan
