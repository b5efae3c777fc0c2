// Inline nodes, a single inline text, and what it shows.
#include <algorithm>

#include "src/content/markdown_cmark.hpp"
#include "src/content/markdown_hard.hpp"
#include "src/content/markdown_scan.hpp"
#include "src/content/render_html.hpp"

namespace stele::content {
namespace {

std::string_view url_of(cmark_node* node) {
    const char* url = cmark_node_get_url(node);
    return url ? url : "";
}

void append_title(std::string& out, cmark_node* node) {
    const char* title = cmark_node_get_title(node);
    if (!title || !*title) return;
    out += " title=\"";
    append_escaped(out, title);
    out += '"';
}

void append_image(std::string& out, cmark_node* node) {
    std::string alt;
    append_visible(alt, node);
    if (!is_safe_url(url_of(node))) return append_escaped(out, alt);
    out += "<img src=\"";
    append_url(out, url_of(node));
    out += "\" alt=\"";
    append_escaped(out, alt);
    out += '"';
    append_title(out, node);
    out += " loading=\"lazy\">";
}

void append_children(std::string& out, cmark_node* parent, int levels);

void append_link(std::string& out, cmark_node* node, int levels) {
    if (!is_safe_url(url_of(node))) return append_children(out, node, levels);
    out += "<a href=\"";
    append_url(out, url_of(node));
    out += '"';
    append_title(out, node);
    out += '>';
    append_children(out, node, levels);
    out += "</a>";
}

void append_element(std::string& out, cmark_node* node, std::string_view name, int levels) {
    out.append("<").append(name).append(">");
    append_children(out, node, levels);
    out.append("</").append(name).append(">");
}

void append_inline(std::string& out, cmark_node* node, int levels) {
    const cmark_node_type type = cmark_node_get_type(node);
    switch (type) {
        case CMARK_NODE_TEXT:
            return append_escaped(out, literal_of(node));
        // Raw HTML is shown, not obeyed.
        case CMARK_NODE_HTML_INLINE:
            return append_escaped(out, literal_of(node));
        case CMARK_NODE_SOFTBREAK:
            out += '\n';
            return;
        case CMARK_NODE_LINEBREAK:
            out += "<br>\n";
            return;
        case CMARK_NODE_CODE:
            out += "<code>";
            append_escaped(out, literal_of(node));
            out += "</code>";
            return;
        case CMARK_NODE_EMPH:
            return append_element(out, node, "em", levels);
        case CMARK_NODE_STRONG:
            return append_element(out, node, "strong", levels);
        case CMARK_NODE_LINK:
            return append_link(out, node, levels);
        case CMARK_NODE_IMAGE:
            return append_image(out, node);
        default:
            break;
    }
    if (type == CMARK_NODE_STRIKETHROUGH) return append_element(out, node, "del", levels);
    append_children(out, node, levels);
}

// Deeper marks are left out, their text is not: recursion must end.
constexpr int max_nesting = 64;

void append_children(std::string& out, cmark_node* parent, int levels) {
    if (levels == 0) {
        std::string text;
        append_visible(text, parent);
        return append_escaped(out, text);
    }
    for (cmark_node* n = cmark_node_first_child(parent); n; n = cmark_node_next(n)) append_inline(out, n, levels - 1);
}

constexpr std::string_view no_break_space = "\xC2\xA0";

bool may_open_block(std::string_view line) {
    return !line.empty() && std::string_view("#>-+*=_~`|<:[0123456789").find(line[0]) != std::string_view::npos;
}

// The text as one paragraph: no line of it opens a block. A no-break space before the first line is white space to the
// rules of emphasis and none to those of blocks; lines that might open a block join the one before.
std::string as_paragraph(std::string_view text) {
    std::string out;
    if (may_open_block(scan::trim(text))) out = no_break_space;
    const size_t sentinel = out.size();
    while (!text.empty()) {
        const size_t end = std::min(text.find_first_of("\r\n"), text.size());
        std::string_view line = text.substr(0, end);
        text.remove_prefix(std::min(end + 1, text.size()));
        while (!line.empty() && scan::is_space(line.front())) line.remove_prefix(1);
        if (scan::is_blank(line)) continue;
        if (out.size() > sentinel) out += may_open_block(line) ? ' ' : '\n';
        out += line;
    }
    return out;
}

// [text][label]: the definitions are elsewhere in the body, and their labels are not visible.
void define_labels(std::string& markdown, std::string_view text) {
    for (size_t at = text.find("]["); at != std::string_view::npos; at = text.find("][", at + 2)) {
        const size_t end = text.find(']', at + 2);
        if (end == std::string_view::npos) return;
        const std::string_view label = text.substr(at + 1, end - at);
        if (label.find('[', 1) == std::string_view::npos && !scan::is_blank(label.substr(1, label.size() - 2)))
            markdown.append("\n\n").append(label).append(": x");
    }
}

// The children of the one paragraph, written by `append` and without the no-break space.
template <typename Append>
std::string inline_output(const std::string& markdown, Append append) {
    const ParseArena arena;
    cmark_node* document = parse_document(arena, markdown);
    std::string out;
    for (cmark_node* block = cmark_node_first_child(document); block; block = cmark_node_next(block))
        append(out, block);
    if (markdown.starts_with(no_break_space) && out.starts_with(no_break_space)) out.erase(0, no_break_space.size());
    return out;
}

}  // namespace

void append_inlines(std::string& out, cmark_node* parent) { append_children(out, parent, max_nesting); }

// Without recursion: marks may be nested as deep as the text is long.
void append_visible(std::string& out, cmark_node* parent) {
    cmark_node* node = cmark_node_first_child(parent);
    while (node) {
        const cmark_node_type type = cmark_node_get_type(node);
        if (type == CMARK_NODE_TEXT || type == CMARK_NODE_CODE) out += literal_of(node);
        if (type == CMARK_NODE_SOFTBREAK || type == CMARK_NODE_LINEBREAK) out += ' ';
        if (cmark_node* child = cmark_node_first_child(node)) {
            node = child;
            continue;
        }
        while (node != parent && !cmark_node_next(node)) node = cmark_node_parent(node);
        if (node == parent) return;
        node = cmark_node_next(node);
    }
}

std::string render_inline_html(std::string_view text) {
    return inline_output(as_paragraph(text), [](std::string& out, cmark_node* block) { append_inlines(out, block); });
}

std::string visible_text(std::string_view leaf_markdown) {
    if (leaf_markdown.find_first_of("\\`*_[]<>&~!\r\n") == std::string_view::npos) return std::string(leaf_markdown);
    std::string markdown = as_paragraph(leaf_markdown);
    define_labels(markdown, leaf_markdown);
    // As plain text it would show the definitions.
    if (is_hard(markdown)) return std::string(leaf_markdown);
    return inline_output(markdown, [](std::string& out, cmark_node* block) { append_visible(out, block); });
}

}  // namespace stele::content
