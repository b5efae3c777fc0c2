#pragma once
// The pieces of CommonMark's inline grammar that links need. Each function looks at `text` from `pos` on and gives the
// position after what it found, absent when it is not there.
#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace stele::content::syntax {

bool is_space(char c);        // space, tab, line ending
bool is_punctuation(char c);  // ASCII punctuation, which a backslash escapes (CommonMark 2.4)

size_t skip_spaces(std::string_view text, size_t pos);
std::optional<size_t> destination(std::string_view text, size_t pos);  // 6.3: <angle> or balanced; may be empty
std::optional<size_t> title(std::string_view text, size_t pos);        // 6.3: "…", '…' or (…)
std::optional<size_t> autolink(std::string_view text, size_t pos);     // 6.5, from '<' to after '>'
std::optional<size_t> label(std::string_view text, size_t pos);        // 6.3: [label], at most 999 characters

// 6.6 raw HTML, from '<' to after '>'. One object per text: it remembers that a terminator does not come any more, or a
// text of many "<!--" would be searched to its end for each of them.
class HtmlScanner {
  public:
    explicit HtmlScanner(std::string_view text) : text_(text) {}
    std::optional<size_t> at(size_t pos);

  private:
    std::optional<size_t> comment(size_t body);
    std::optional<size_t> until(std::string_view terminator, size_t from, bool& gone);

    std::string_view text_;
    bool no_comment_ = false, no_instruction_ = false, no_declaration_ = false, no_cdata_ = false;
};

// Code spans (6.1): runs of backticks by length, to find the end of one without searching the whole text for each of
// them.
class Backticks {
  public:
    explicit Backticks(std::string_view text);
    static size_t run_end(std::string_view text, size_t at);
    // After the code span that opens at `pos`, or after its backticks when nothing closes them.
    size_t skip(std::string_view text, size_t pos) const;

  private:
    std::unordered_map<size_t, std::vector<size_t>> runs_;
};

}  // namespace stele::content::syntax
