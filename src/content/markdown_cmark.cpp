#include "src/content/markdown_cmark.hpp"

#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>

#include <mutex>
#include <new>

#include "src/content/markdown_hard.hpp"

namespace stele::content {
namespace {

struct ParserFree {
    void operator()(cmark_parser* parser) const { cmark_parser_free(parser); }
};

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

Document parse(std::string_view markdown, const Extensions& with, bool strikethrough) {
    const std::unique_ptr<cmark_parser, ParserFree> parser(cmark_parser_new(CMARK_OPT_DEFAULT));
    if (!parser) throw std::bad_alloc();
    cmark_parser_attach_syntax_extension(parser.get(), with.table);
    cmark_parser_attach_syntax_extension(parser.get(), with.tasklist);
    if (strikethrough) cmark_parser_attach_syntax_extension(parser.get(), with.strikethrough);
    cmark_parser_feed(parser.get(), markdown.data(), markdown.size());
    Document document(cmark_parser_finish(parser.get()));
    if (!document) throw std::bad_alloc();
    return document;
}

}  // namespace

// While it parses with strikethrough, cmark-gfm has "~" in a table of special characters that the whole process shares,
// and takes it out at the end: of two such parses at once one would lose its marks. A text without "~" never looks
// there.
Document parse_document(std::string_view markdown) {
    static const Extensions extensions = registered();
    if (is_hard(markdown)) return parse_document(as_plain_text(markdown));
    if (markdown.find('~') == std::string_view::npos) return parse(markdown, extensions, false);
    static std::mutex one_at_a_time;
    const std::lock_guard lock(one_at_a_time);
    return parse(markdown, extensions, true);
}

bool is_task(cmark_node* node) { return std::string_view(cmark_node_get_type_string(node)) == "tasklist"; }

bool is_table_header(cmark_node* row) { return cmark_gfm_extensions_get_table_row_is_header(row) != 0; }

std::string_view literal_of(cmark_node* node) {
    const char* literal = cmark_node_get_literal(node);
    return literal ? literal : "";
}

}  // namespace stele::content
