// Link reference definitions (CommonMark 4.7) and table rows (GFM 4.10).
#include "src/content/markdown_scan.hpp"

namespace stele::content::scan {
namespace {

constexpr size_t none = std::string_view::npos;
constexpr size_t max_label = 1000;  // cmark's limit

bool escapes(std::string_view text, size_t at) {
    return text[at] == '\\' && at + 1 < text.size() && is_punctuation(text[at + 1]);
}

size_t skip_gaps(std::string_view text, size_t at) {
    while (at < text.size() && (text[at] == ' ' || text[at] == '\t')) ++at;
    return at;
}

// White space with at most one line end.
size_t skip_gaps_and_line(std::string_view text, size_t at) {
    at = skip_gaps(text, at);
    if (at < text.size() && text[at] == '\n') at = skip_gaps(text, at + 1);
    return at;
}

size_t skip_label(std::string_view text) {
    size_t at = 1;
    while (at < text.size() && text[at] != ']') {
        if (text[at] == '[' || at > max_label) return none;
        at += escapes(text, at) ? 2 : 1;
    }
    if (at >= text.size() || is_blank(text.substr(1, at - 1))) return none;
    return at + 1;
}

size_t skip_angled(std::string_view text, size_t at) {
    for (++at; at < text.size(); ++at) {
        if (text[at] == '>') return at + 1;
        if (text[at] == '\n' || text[at] == '<') return none;
        if (escapes(text, at)) ++at;
    }
    return none;
}

size_t skip_destination(std::string_view text, size_t at) {
    if (at < text.size() && text[at] == '<') return skip_angled(text, at);
    const size_t begin = at;
    int parens = 0;
    while (at < text.size() && !is_space(text[at])) {
        if (text[at] == '(' && ++parens > 32) return none;
        if (text[at] == ')' && --parens < 0) break;
        at += escapes(text, at) ? 2 : 1;
    }
    return at == begin || at >= text.size() ? none : at;
}

size_t skip_title(std::string_view text, size_t at) {
    if (at == text.size()) return none;
    const char open = text[at];
    if (open != '"' && open != '\'' && open != '(') return none;
    const char close = open == '(' ? ')' : open;
    for (++at; at < text.size(); ++at) {
        if (text[at] == close) return at + 1;
        if (open == '(' && text[at] == '(') return none;
        if (escapes(text, at)) ++at;
    }
    return none;
}

// Behind the line end that must come next.
size_t skip_line_end(std::string_view text, size_t at) {
    at = skip_gaps(text, at);
    if (at == text.size()) return at;
    return text[at] == '\n' ? at + 1 : none;
}

size_t skip_marker(std::string_view line, size_t at) {
    while (at < line.size() && is_space(line[at])) ++at;
    if (at < line.size() && line[at] == ':') ++at;
    const size_t dashes = at;
    while (at < line.size() && line[at] == '-') ++at;
    if (at == dashes) return none;
    if (at < line.size() && line[at] == ':') ++at;
    while (at < line.size() && is_space(line[at])) ++at;
    return at;
}

}  // namespace

size_t reference_definition(std::string_view text) {
    if (text.empty() || text[0] != '[') return 0;
    const size_t label = skip_label(text);
    if (label == none || label == text.size() || text[label] != ':') return 0;
    const size_t destination = skip_destination(text, skip_gaps_and_line(text, label + 1));
    if (destination == none) return 0;
    const size_t before_title = skip_gaps_and_line(text, destination);
    if (before_title != destination) {
        const size_t title = skip_title(text, before_title);
        const size_t end = title == none ? none : skip_line_end(text, title);
        if (end != none) return end;
    }
    const size_t end = skip_line_end(text, destination);
    return end == none ? 0 : end;
}

Row table_row(std::string_view line) {
    Row row;
    size_t at = 0;
    if (!line.empty() && line[0] == '|') {
        row.open_pipe = true;
        for (at = 1; at < line.size() && is_space(line[at]);) ++at;
    }
    while (at < line.size()) {
        size_t end = at;
        // A pipe behind a backslash is text, in code spans too.
        while (end < line.size() && (line[end] != '|' || (end > at && line[end - 1] == '\\'))) ++end;
        row.close_pipe = end < line.size();
        row.cells.push_back(trim(line.substr(at, end - at)));
        if (!row.close_pipe) break;
        for (at = end + 1; at < line.size() && is_space(line[at]);) ++at;
    }
    return row;
}

bool delimiter_row(std::string_view line) {
    size_t at = !line.empty() && line[0] == '|' ? 1 : 0;
    at = skip_marker(line, at);
    while (at != none && at < line.size()) {
        if (line[at] != '|') return false;
        if (is_blank(line.substr(at + 1))) return true;
        at = skip_marker(line, at + 1);
    }
    return at != none;
}

}  // namespace stele::content::scan
