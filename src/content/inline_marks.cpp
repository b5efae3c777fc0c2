#include "src/content/inline_marks.hpp"

#include <memory>

#include "src/content/markdown_cmark.hpp"

namespace stele::content {

InlineMarks inline_marks_of(std::string_view markdown) {
    InlineMarks marks;
    if (markdown.find_first_of("*_~`") == markdown.npos) return marks;
    const ParseArena arena;
    cmark_node* const document = parse_document(arena, markdown);
    const std::unique_ptr<cmark_iter, decltype(&cmark_iter_free)> iterator(cmark_iter_new(document), cmark_iter_free);
    for (auto event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
         event = cmark_iter_next(iterator.get())) {
        if (event != CMARK_EVENT_ENTER) continue;
        const auto type = cmark_node_get_type(cmark_iter_get_node(iterator.get()));
        marks.strong += type == CMARK_NODE_STRONG;
        marks.emphasis += type == CMARK_NODE_EMPH;
        marks.strikethrough += type == CMARK_NODE_STRIKETHROUGH;
        marks.code += type == CMARK_NODE_CODE;
    }
    return marks;
}

}  // namespace stele::content
