// HTML blocks: the seven start and end conditions of CommonMark 4.6.
#include <algorithm>
#include <array>

#include "src/content/markdown_scan.hpp"

namespace stele::content::scan {
namespace {

constexpr std::array block_tags = std::to_array<std::string_view>(
    {"address",  "article",    "aside",  "base",    "basefont", "blockquote", "body",     "caption",  "center",
     "col",      "colgroup",   "dd",     "details", "dialog",   "dir",        "div",      "dl",       "dt",
     "fieldset", "figcaption", "figure", "footer",  "form",     "frame",      "frameset", "h1",       "h2",
     "h3",       "h4",         "h5",     "h6",      "head",     "header",     "hr",       "html",     "iframe",
     "legend",   "li",         "link",   "main",    "menu",     "menuitem",   "nav",      "noframes", "ol",
     "optgroup", "option",     "p",      "param",   "section",  "source",     "summary",  "table",    "tbody",
     "td",       "tfoot",      "th",     "thead",   "title",    "tr",         "track",    "ul"});

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }
bool is_letter(char c) { return lower(c) >= 'a' && lower(c) <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool starts_with_word(std::string_view text, std::string_view word) {
    return text.size() >= word.size() &&
           std::equal(word.begin(), word.end(), text.begin(), [](char w, char t) { return w == lower(t); });
}

bool contains_word(std::string_view text, std::string_view word) {
    return std::search(text.begin(), text.end(), word.begin(), word.end(),
                       [](char t, char w) { return lower(t) == w; }) != text.end();
}

// Behind a tag's name: white space, ">" or the end of the line; "/>" too where `slash`.
bool ends_name(std::string_view rest, bool slash) {
    return rest.empty() || is_space(rest[0]) || rest[0] == '>' || (slash && rest.substr(0, 2) == "/>");
}

bool opens_block_tag(std::string_view rest) {
    if (!rest.empty() && rest[0] == '/') rest.remove_prefix(1);
    size_t size = 0;
    while (size < rest.size() && (is_letter(rest[size]) || is_digit(rest[size]))) ++size;
    if (size == 0 || size > 10 || !ends_name(rest.substr(size), true)) return false;
    return std::any_of(block_tags.begin(), block_tags.end(),
                       [&](std::string_view tag) { return tag.size() == size && starts_with_word(rest, tag); });
}

size_t skip_spaces(std::string_view text, size_t at) {
    while (at < text.size() && is_space(text[at])) ++at;
    return at;
}

size_t skip_name(std::string_view text, size_t at) {
    while (at < text.size() && (is_letter(text[at]) || is_digit(text[at]) || text[at] == '-')) ++at;
    return at;
}

// The end of an attribute value that begins at `at`; npos where there is none.
size_t skip_value(std::string_view text, size_t at) {
    if (at == text.size()) return std::string_view::npos;
    if (text[at] == '"' || text[at] == '\'') {
        const size_t end = text.find(text[at], at + 1);
        return end == std::string_view::npos ? end : end + 1;
    }
    const size_t end = std::min(text.find_first_of(" \t\v\f\r\n\"'=<>`", at), text.size());
    return end == at ? std::string_view::npos : end;
}

// Attributes from `at` on; the index behind the last one.
size_t skip_attributes(std::string_view text, size_t at) {
    while (true) {
        size_t name = skip_spaces(text, at);
        if (name == at || name == text.size()) return at;
        if (!is_letter(text[name]) && text[name] != '_' && text[name] != ':') return at;
        while (name < text.size() && (is_letter(text[name]) || is_digit(text[name]) ||
                                      std::string_view("_:.-").find(text[name]) != std::string_view::npos))
            ++name;
        const size_t equals = skip_spaces(text, name);
        at = name;
        if (equals == text.size() || text[equals] != '=') continue;
        const size_t value = skip_value(text, skip_spaces(text, equals + 1));
        if (value == std::string_view::npos) return at;
        at = value;
    }
}

bool is_lone_tag(std::string_view line) {
    size_t at = 1;
    const bool closing = line.size() > 1 && line[1] == '/';
    if (closing) ++at;
    if (at >= line.size() || !is_letter(line[at])) return false;
    at = skip_name(line, at);
    if (!closing) at = skip_attributes(line, at);
    at = skip_spaces(line, at);
    if (!closing && at < line.size() && line[at] == '/') ++at;
    return at < line.size() && line[at] == '>' && line.find_first_not_of(" \t\f", at + 1) == std::string_view::npos;
}

}  // namespace

int html_start(std::string_view line, bool in_paragraph) {
    if (line.size() < 2 || line[0] != '<') return 0;
    const std::string_view rest = line.substr(1);
    for (std::string_view tag : {"script", "pre", "style"})
        if (starts_with_word(rest, tag) && ends_name(rest.substr(tag.size()), false)) return 1;
    if (rest.substr(0, 3) == "!--") return 2;
    if (rest[0] == '?') return 3;
    if (rest.size() > 1 && rest[0] == '!' && is_letter(rest[1])) return 4;
    if (starts_with_word(rest, "![cdata[")) return 5;
    if (opens_block_tag(rest)) return 6;
    return !in_paragraph && is_lone_tag(line) ? 7 : 0;
}

bool html_end(std::string_view line, int kind) {
    switch (kind) {
        case 1:
            return contains_word(line, "</script>") || contains_word(line, "</pre>") || contains_word(line, "</style>");
        case 2:
            return line.find("-->") != std::string_view::npos;
        case 3:
            return line.find("?>") != std::string_view::npos;
        case 4:
            return line.find('>') != std::string_view::npos;
        case 5:
            return line.find("]]>") != std::string_view::npos;
        default:
            return false;
    }
}

}  // namespace stele::content::scan
