#pragma once
// What a Markdown text says, character by character, with the place of each in the text: without marks, destinations
// and escapes, so that whoever looks at words and signs need not know Markdown, and can still say where they stand.
//
// A scan, not a parse: a mark that cmark would show (a star that opens nothing) may be left out. Linear.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace stele::content {

// Stands for what is no prose: code, raw HTML, an address that is written out.
inline constexpr char32_t object = 0xFFFC;

struct Character {
    char32_t c;
    std::uint32_t begin, end;  // in the Markdown, in UTF-16 code units, as scripts count
    std::uint32_t byte;        // in Prose::text
};

// Half open, UTF-16 code units.
struct Range {
    std::uint32_t begin = 0, end = 0;
    friend bool operator==(const Range&, const Range&) = default;
};

struct Address {
    std::string value;
    Range range;  // of the destination alone
};

struct Prose {
    std::string text;  // UTF-8 of the characters
    std::vector<Character> characters;
    std::vector<Address> addresses;  // destinations of links and images, and what is written out, in order
    std::vector<std::string> code;   // spans, with their backticks
    std::uint32_t length = 0;        // of the Markdown

    Range range(size_t first, size_t last) const {  // of the characters [first, last)
        return {characters[first].begin, characters[last - 1].end};
    }
};

// `markup` false: plain text (a title), in which only addresses are special.
Prose prose_of(std::string_view markdown, bool markup = true);

// The text with `range` replaced; a range beyond the text is its end.
std::string replaced(std::string_view text, Range range, std::string_view by);
std::string_view cut(std::string_view text, Range range);

}  // namespace stele::content
