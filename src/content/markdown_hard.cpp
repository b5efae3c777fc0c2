#include "src/content/markdown_hard.hpp"

#include <algorithm>
#include <cstdint>
#include <utility>
#include <vector>

#include "src/content/markdown_scan.hpp"

namespace stele::content {
namespace {

// The next place of something; asked for ascending positions it reads the text once.
template <typename Find>
class Next {
  public:
    Next(std::string_view text, Find find) : text_(text), find_(find) {}

    // The text's size when there is none.
    size_t from(size_t position) {
        if (!known_ || found_ < position) found_ = std::min(find_(text_, position), text_.size());
        known_ = true;
        return found_;
    }

  private:
    std::string_view text_;
    Find find_;
    bool known_ = false;
    size_t found_ = 0;
};

auto next_of(std::string_view text, std::string_view bytes) {
    return Next(text, [bytes](std::string_view t, size_t at) { return t.find_first_of(bytes, at); });
}

auto next_text(std::string_view text, std::string_view what) {
    return Next(text, [what](std::string_view t, size_t at) { return t.find(what, at); });
}

// cmark may take a mark behind a backslash as a part of what the mark would end.
auto next_unescaped(std::string_view text, char mark) {
    return Next(text, [mark](std::string_view t, size_t at) {
        for (at = t.find(mark, at); at != std::string_view::npos && at > 0 && t[at - 1] == '\\';)
            at = t.find(mark, at + 1);
        return at;
    });
}

// How many bytes of HTML each prefix of the text can become, as a destination or as a title.
std::vector<std::uint32_t> html_sizes(std::string_view text) {
    std::vector<std::uint32_t> sizes{0};
    sizes.reserve(text.size() + 1);
    for (const char c : text) {
        // "&quot;", "&amp;", "&lt;"; what is not ASCII is percent-encoded.
        const std::uint32_t size = c == '"' ? 6 : c == '&' ? 5 : c == '<' || c == '>' ? 4 : c > ' ' && c <= '~' ? 1 : 3;
        sizes.push_back(sizes.back() + size);
    }
    return sizes;
}

// The most that one definition brings to each use of it: the HTML of its destination and title.
size_t longest_definition(std::string_view markdown) {
    if (markdown.find("]:") == std::string_view::npos) return 0;
    const auto html = html_sizes(markdown);
    static constexpr std::string_view spaces = " \t\r\n";
    auto space = next_of(markdown, spaces);
    auto word = Next(markdown, [](std::string_view t, size_t at) { return t.find_first_not_of(spaces, at); });
    auto quote = next_unescaped(markdown, '"'), apostrophe = next_unescaped(markdown, '\''),
         bracket = next_unescaped(markdown, ')'), angle = next_unescaped(markdown, '>');
    auto line = next_of(markdown, "\r\n");
    size_t longest = 0;
    for (size_t at = markdown.find("]:"); at != std::string_view::npos; at = markdown.find("]:", at + 2)) {
        const size_t destination = word.from(at + 2);
        // In <> it may have spaces, but stays in its line.
        const bool in_angles = destination < markdown.size() && markdown[destination] == '<';
        size_t end = in_angles ? std::min(angle.from(destination), line.from(destination)) : space.from(destination);
        if (in_angles && end < markdown.size() && markdown[end] == '>') ++end;
        const size_t title = word.from(end);
        const char open = title < markdown.size() ? markdown[title] : ' ';
        if (open == '"') end = quote.from(title + 1);
        if (open == '\'') end = apostrophe.from(title + 1);
        if (open == '(') end = bracket.from(title + 1);
        longest = std::max<size_t>(longest, html[end] - html[destination]);
    }
    return longest;
}

bool expands_too_much(std::string_view markdown) {
    const size_t longest = longest_definition(markdown);
    if (longest == 0) return false;
    const auto uses = static_cast<size_t>(std::count(markdown.begin(), markdown.end(), ']'));
    return longest > (max_expansion + max_expansion_each * markdown.size()) / uses;
}

// A line that ends every paragraph: nothing but the marks of quotes, each at most three columns in.
bool ends_paragraph(std::string_view line) {
    while (true) {
        const size_t gap = std::min(line.find_first_not_of(" \t\r"), line.size());
        if (gap == line.size()) return true;
        if (gap > 3 || line[gap] != '>' || line.substr(0, gap).find('\t') != std::string_view::npos) return false;
        line.remove_prefix(gap + 1);
    }
}

size_t paragraph_end(std::string_view text, size_t at) {
    while (true) {
        const size_t line = text.find('\n', at);
        if (line == std::string_view::npos) return text.size();
        const size_t end = std::min(text.find('\n', line + 1), text.size());
        if (ends_paragraph(text.substr(line + 1, end - line - 1))) return line;
        at = line + 1;
    }
}

// How many bytes are read in vain behind each `open` that its paragraph does not close.
size_t bytes_in_vain(std::string_view text, std::string_view open, std::string_view close) {
    auto closing = next_text(text, close);
    auto end = Next(text, paragraph_end);
    size_t bytes = 0;
    for (size_t at = text.find(open); at != std::string_view::npos; at = text.find(open, at + open.size()))
        if (closing.from(at + open.size()) >= end.from(at)) bytes += end.from(at) - at;
    return bytes;
}

bool may_be_delimiter_row(std::string_view line) {
    return line.find_first_not_of("-:| \t\r>*+.)0123456789") == std::string_view::npos;
}

// The line without its end, which is taken off the text, too.
std::string_view take_line(std::string_view& text) {
    const auto is_end = [](char c) { return c == '\n' || c == '\r'; };
    const auto end = static_cast<size_t>(std::find_if(text.begin(), text.end(), is_end) - text.begin());
    const auto line = text.substr(0, end);
    text.remove_prefix(std::min(end + (text.substr(end, 2) == "\r\n" ? 2 : 1), text.size()));
    return line;
}

// What tables cost beyond their bytes.
struct Tables {
    // That short rows lack: every row is made as wide as the first.
    size_t lacking_cells = 0;
    // Each cell of a row is appended by walking over those before it.
    size_t steps = 0;
};

Tables tables_of(std::string_view text) {
    Tables tables;
    if (text.find('|') == std::string_view::npos) return tables;
    size_t width = 0, steps = 0;
    while (!text.empty()) {
        const auto line = take_line(text);
        const auto pipes = static_cast<size_t>(std::count(line.begin(), line.end(), '|'));
        if (pipes == 0 && ends_paragraph(line)) width = steps = 0;
        if (pipes > 0 && may_be_delimiter_row(line)) width = std::max(width, pipes);
        tables.lacking_cells += width > pipes ? width - pipes : 0;
        // The row above the delimiters is one of them.
        steps += pipes * pipes;
        if (width > 0) tables.steps += std::exchange(steps, 0);
    }
    return tables;
}

}  // namespace

bool lacks_too_many(size_t cells, size_t bytes) { return cells > max_lacking_cells + bytes / 4; }

bool is_hard(std::string_view markdown) {
    const size_t bearable = max_looks * markdown.size();
    const auto tables = tables_of(markdown);
    return expands_too_much(markdown) || lacks_too_many(tables.lacking_cells, markdown.size()) ||
           tables.steps > max_steps + max_steps_each * markdown.size() ||
           bytes_in_vain(markdown, "<?", "?>") > bearable || bytes_in_vain(markdown, "<!", ">") > bearable ||
           bytes_in_vain(markdown, "<![", "]]>") > bearable;
}

std::string as_plain_text(std::string_view markdown) {
    std::string out;
    bool line_begins = true;
    for (const char c : markdown) {
        const bool line_ends = c == '\n' || c == '\r';
        if (line_begins && !line_ends && scan::is_space(c)) continue;
        if (scan::is_punctuation(c)) out += '\\';
        // A digit and a full stop begin no list: the stop is escaped.
        out += c;
        line_begins = line_ends;
    }
    return out;
}

}  // namespace stele::content
