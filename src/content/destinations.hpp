#pragma once
// Where the destinations of links and images stand in a Markdown text. The meaning of a text (law 1 of the content)
// leaves them out, and a translation's destinations follow its source's; both use this one scanner.
//
// CommonMark 6.3 (links), 6.4 (images), 6.5 (autolinks) and 4.7 (reference definitions): code spans, raw HTML and
// autolinks bind tighter than brackets, a link contains no link, parentheses in a destination balance. A bare URL is
// text. What
// `[foo][bar]` refers to is not known here, so it has no destination. Linear in the length of the text.
#include <string>
#include <string_view>
#include <vector>

namespace stele::content {

struct Destination {
    size_t begin;   // bytes in the text; begin == end in `[text]()`
    size_t end;     // one past; the angle brackets of `[text](<dest>)` belong to it, those of `<https://…>` do not
    bool autolink;  // `<https://…>` or `<someone@example.org>`
};

// In the order of the text.
std::vector<Destination> find_destinations(std::string_view text);

// The text without them, and without the white space that stood beside them: "[a]( <b>  'c')" is "[a]( 'c')".
std::string without_destinations(std::string_view text);

// What the destination says: without angle brackets and backslash escapes.
std::string value_of(std::string_view text, const Destination& destination);

}  // namespace stele::content
