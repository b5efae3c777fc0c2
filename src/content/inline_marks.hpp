#pragma once
#include <string_view>

namespace stele::content {

// How often a text is bold, emphasised, struck through and code, as it would be shown (cmark's parse).
struct InlineMarks {
    int strong = 0, emphasis = 0, strikethrough = 0, code = 0;
    friend bool operator==(const InlineMarks&, const InlineMarks&) = default;
};
InlineMarks inline_marks_of(std::string_view markdown);

}  // namespace stele::content
