#include "src/content/markdown_scan.hpp"

#include <algorithm>

namespace stele::content::scan {

bool is_space(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r'; }

bool is_punctuation(char c) {
    return (c >= '!' && c <= '/') || (c >= ':' && c <= '@') || (c >= '[' && c <= '`') || (c >= '{' && c <= '~');
}

std::string_view trim_right(std::string_view text) {
    while (!text.empty() && is_space(text.back())) text.remove_suffix(1);
    return text;
}

std::string_view trim(std::string_view text) {
    text = trim_right(text);
    while (!text.empty() && is_space(text.front())) text.remove_prefix(1);
    return text;
}

bool is_blank(std::string_view text) { return std::all_of(text.begin(), text.end(), is_space); }

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_gap(char c) { return c == ' ' || c == '\t'; }
bool only_gaps(std::string_view text) { return std::all_of(text.begin(), text.end(), is_gap); }

size_t run_of(std::string_view line, char c) { return std::min(line.find_first_not_of(c), line.size()); }

}  // namespace

bool thematic_break(std::string_view line) {
    if (line.empty() || (line[0] != '*' && line[0] != '-' && line[0] != '_')) return false;
    size_t marks = 0;
    for (char c : line) {
        if (c == line[0])
            ++marks;
        else if (!is_gap(c))
            return false;
    }
    return marks >= 3;
}

int atx_level(std::string_view line) {
    const size_t marks = run_of(line, '#');
    if (marks < 1 || marks > 6) return 0;
    return marks == line.size() || is_gap(line[marks]) ? static_cast<int>(marks) : 0;
}

std::string_view atx_text(std::string_view line) {
    line.remove_prefix(run_of(line, '#'));
    while (!line.empty() && is_gap(line.front())) line.remove_prefix(1);
    line = trim_right(line);
    const size_t last = line.find_last_not_of('#');
    if (last == std::string_view::npos) return line.substr(0, 0);
    if (last + 1 < line.size() && is_gap(line[last])) line = trim_right(line.substr(0, last));
    return line;
}

int setext_level(std::string_view line) {
    if (line.empty() || (line[0] != '=' && line[0] != '-')) return 0;
    if (!only_gaps(line.substr(run_of(line, line[0])))) return 0;
    return line[0] == '=' ? 1 : 2;
}

size_t fence_open(std::string_view line) {
    if (line.empty() || (line[0] != '`' && line[0] != '~')) return 0;
    const size_t length = run_of(line, line[0]);
    if (length < 3) return 0;
    if (line[0] == '`' && line.find('`', length) != std::string_view::npos) return 0;
    return length;
}

size_t fence_close(std::string_view line) {
    if (line.empty() || (line[0] != '`' && line[0] != '~')) return 0;
    const size_t length = run_of(line, line[0]);
    return length >= 3 && only_gaps(line.substr(length)) ? length : 0;
}

std::optional<ListMarker> list_marker(std::string_view line, bool interrupts_paragraph) {
    if (line.empty()) return std::nullopt;
    size_t size = 0;
    char kind = line[0];
    if (kind == '-' || kind == '+' || kind == '*') {
        size = 1;
    } else {
        while (size < line.size() && size < 9 && is_digit(line[size])) ++size;
        if (size == 0 || size == line.size()) return std::nullopt;
        kind = line[size];
        if (kind != '.' && kind != ')') return std::nullopt;
        // Only a list that starts with 1 may interrupt a paragraph (CommonMark 5.3).
        const size_t zeros = std::min(line.find_first_not_of('0'), size);
        if (interrupts_paragraph && line.substr(zeros, size - zeros) != "1") return std::nullopt;
        ++size;
    }
    if (size < line.size() && !is_space(line[size])) return std::nullopt;
    if (interrupts_paragraph && only_gaps(line.substr(size))) return std::nullopt;
    return ListMarker{kind, size};
}

bool task_item(std::string_view whole_line) {
    size_t at = 0;
    while (at < whole_line.size() && is_space(whole_line[at])) ++at;
    if (at == whole_line.size()) return false;
    if (is_digit(whole_line[at])) {
        while (at < whole_line.size() && is_digit(whole_line[at])) ++at;
        if (at == whole_line.size() || (whole_line[at] != '.' && whole_line[at] != ')')) return false;
    } else if (whole_line[at] != '-' && whole_line[at] != '+' && whole_line[at] != '*') {
        return false;
    }
    const size_t gap = ++at;
    while (at < whole_line.size() && is_space(whole_line[at])) ++at;
    if (at == gap) return false;
    const std::string_view box = whole_line.substr(at, 3);
    if (box != "[ ]" && box != "[x]" && box != "[X]") return false;
    return at + 3 < whole_line.size() && is_space(whole_line[at + 3]);
}

}  // namespace stele::content::scan
