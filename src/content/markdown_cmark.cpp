#include "src/content/markdown_cmark.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>

#include <mutex>

#include "src/content/markdown_hard.hpp"

namespace stele::content {
namespace {

struct Extensions {
    cmark_syntax_extension* table;
    cmark_syntax_extension* tasklist;
    cmark_syntax_extension* strikethrough;
};

Extensions registered() {
    cmark_gfm_core_extensions_ensure_registered();
    return {cmark_find_syntax_extension("table"), cmark_find_syntax_extension("tasklist"),
            cmark_find_syntax_extension("strikethrough")};
}

// The parser is not freed: it is the arena's, as its nodes are.
cmark_node* parse(const ParseArena& arena, std::string_view markdown, const Extensions& with, bool strikethrough) {
    cmark_parser* parser = cmark_parser_new_with_mem(CMARK_OPT_DEFAULT, arena.functions());
    cmark_parser_attach_syntax_extension(parser, with.table);
    cmark_parser_attach_syntax_extension(parser, with.tasklist);
    if (strikethrough) cmark_parser_attach_syntax_extension(parser, with.strikethrough);
    cmark_parser_feed(parser, markdown.data(), markdown.size());
    return cmark_parser_finish(parser);
}

}  // namespace

// While it parses with strikethrough, cmark-gfm has "~" in a table of special characters that the whole process shares,
// and takes it out at the end: of two such parses at once one would lose its marks. A text without "~" never looks
// there.
cmark_node* parse_document(const ParseArena& arena, std::string_view markdown) {
    static const Extensions extensions = registered();
    if (is_hard(markdown)) return parse_document(arena, as_plain_text(markdown));
    if (markdown.find('~') == std::string_view::npos) return parse(arena, markdown, extensions, false);
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    return parse(arena, markdown, extensions, true);
}

bool is_task(cmark_node* node) { return std::string_view(cmark_node_get_type_string(node)) == "tasklist"; }

bool is_table_header(cmark_node* row) { return cmark_gfm_extensions_get_table_row_is_header(row) != 0; }

std::string_view literal_of(cmark_node* node) {
    const char* literal = cmark_node_get_literal(node);
    return literal ? literal : "";
}

}  // namespace stele::content
