// The elements of each block.
#include <cmark-gfm-core-extensions.h>

#include <algorithm>
#include <charconv>

#include "src/content/markdown_cut.hpp"
#include "src/content/markdown_scan.hpp"
#include "src/content/render_page.hpp"

namespace stele::content {
namespace {

constexpr std::string_view align_class(unsigned char alignment) {
    switch (alignment) {
        case 'l':
            return " class=\"align-left\"";
        case 'c':
            return " class=\"align-center\"";
        case 'r':
            return " class=\"align-right\"";
        default:
            return "";
    }
}

bool is_only_child(cmark_node* node) { return !cmark_node_previous(node) && !cmark_node_next(node); }

bool is_type(cmark_node* node, cmark_node_type type) { return node && cmark_node_get_type(node) == type; }

}  // namespace

std::string PageWriter::language(size_t slot) const {
    if (slot >= parts_.size() || !parts_[slot].lang || *parts_[slot].lang == page_lang_) return {};
    const locale::Tag& tag = *parts_[slot].lang;
    std::string out = " lang=\"";
    append_escaped(out, tag.text());
    return out.append("\" dir=\"").append(locale::name_of(locale::direction_of(tag))).append("\"");
}

std::string PageWriter::attributes(cmark_node* leaf) const {
    const auto slot = slot_of(leaf);
    return slot ? language(*slot) : std::string();
}

std::string PageWriter::new_id(std::string_view text) {
    const std::string base = heading_id(text);
    std::string id = base;
    for (int& count = id_counts_[base]; !ids_.insert(id).second;) {
        count = std::max(count, 1) + 1;
        id = base + "-" + std::to_string(count);
    }
    return id;
}

void PageWriter::blocks(cmark_node* parent, int levels) {
    if (levels == 0) return;
    for (cmark_node* n = cmark_node_first_child(parent); n; n = cmark_node_next(n))
        if (!dead_.contains(n)) block(n, levels - 1);
}

void PageWriter::block(cmark_node* node, int levels) {
    const cmark_node_type type = cmark_node_get_type(node);
    switch (type) {
        case CMARK_NODE_PARAGRAPH:
            return paragraph(node);
        case CMARK_NODE_HEADING:
            return heading(node);
        case CMARK_NODE_CODE_BLOCK:
            return code(node);
        case CMARK_NODE_HTML_BLOCK:
            return raw(node, levels);
        case CMARK_NODE_LIST:
            return list(node, levels);
        case CMARK_NODE_THEMATIC_BREAK:
            out_ += "<hr>\n";
            return;
        case CMARK_NODE_BLOCK_QUOTE:
            out_ += "<blockquote>\n";
            blocks(node, levels);
            out_ += "</blockquote>\n";
            return;
        default:
            break;
    }
    if (type == CMARK_NODE_TABLE) table(node);
}

void PageWriter::paragraph(cmark_node* node) {
    if (figure(node)) return;
    out_.append("<p").append(attributes(node)).append(">");
    append_inlines(out_, node);
    out_ += "</p>\n";
}

// A lone image with a title: the title is its caption.
bool PageWriter::figure(cmark_node* node) {
    cmark_node* image = cmark_node_first_child(node);
    if (!is_type(image, CMARK_NODE_IMAGE) || cmark_node_next(image)) return false;
    const std::string title = cmark_node_get_title(image);
    if (title.empty() || !is_safe_url(cmark_node_get_url(image))) return false;
    cmark_node_set_title(image, "");
    out_.append("<figure").append(attributes(node)).append(">");
    append_inlines(out_, node);
    out_ += "<figcaption>";
    append_escaped(out_, title);
    out_ += "</figcaption></figure>\n";
    return true;
}

void PageWriter::heading(cmark_node* node) {
    const std::string name = "h" + std::to_string(std::min(cmark_node_get_heading_level(node) + shift_, 6));
    std::string text;
    append_visible(text, node);
    out_.append("<").append(name).append(" id=\"");
    append_escaped(out_, new_id(text));
    out_.append("\"").append(attributes(node)).append(">");
    append_inlines(out_, node);
    out_.append("</").append(name).append(">\n");
}

void PageWriter::code(cmark_node* node) {
    out_.append("<pre").append(attributes(node)).append("><code");
    const std::string_view info = cmark_node_get_fence_info(node) ? cmark_node_get_fence_info(node) : "";
    const std::string_view name = info.substr(0, info.find_first_of(" \t\r\n\v\f"));
    if (!name.empty()) {
        out_ += " class=\"language-";
        append_escaped(out_, name);
        out_ += '"';
    }
    out_ += '>';
    append_escaped(out_, literal_of(node));
    out_ += "</code></pre>\n";
}

void PageWriter::raw(cmark_node* node, int levels) {
    const std::string_view literal = scan::trim(literal_of(node));
    size_t slot = 0;
    if (literal.starts_with("<?x") && literal.ends_with("?>")) {
        const char* end = literal.data() + literal.size() - 2;
        const auto [stop, error] = std::from_chars(literal.data() + 3, end, slot);
        if (error == std::errc() && stop == end && part_documents_.contains(slot)) return part(slot, levels);
    }
    if (is_comment(literal)) return;
    out_ += "<p>";
    append_escaped(out_, literal);
    out_ += "</p>\n";
}

void PageWriter::part(size_t slot, int levels) {
    const std::string lang = language(slot);
    if (!lang.empty()) out_.append("<div").append(lang).append(">\n");
    // Taken out: a part that quotes its own placeholder must not be shown inside itself.
    const auto document = part_documents_.extract(slot);
    blocks(document.mapped(), levels);
    if (!lang.empty()) out_ += "</div>\n";
}

void PageWriter::list(cmark_node* node, int levels) {
    const bool ordered = cmark_node_get_list_type(node) == CMARK_ORDERED_LIST;
    out_ += ordered ? "<ol" : "<ul";
    if (ordered && cmark_node_get_list_start(node) != 1)
        out_.append(" start=\"").append(std::to_string(cmark_node_get_list_start(node))).append("\"");
    if (is_task(cmark_node_first_child(node))) out_ += " class=\"tasks\"";
    out_ += ">\n";
    for (cmark_node* n = cmark_node_first_child(node); n; n = cmark_node_next(n))
        if (!dead_.contains(n)) item(n, cmark_node_get_list_tight(node) != 0, levels);
    out_ += ordered ? "</ol>\n" : "</ul>\n";
}

void PageWriter::item(cmark_node* node, bool tight, int levels) {
    const bool task = is_task(node);
    cmark_node* first = cmark_node_first_child(node);
    const bool labelled = task && is_type(first, CMARK_NODE_PARAGRAPH) && !dead_.contains(first);
    const bool bare = tight && !task && is_type(first, CMARK_NODE_PARAGRAPH) && is_only_child(first);
    out_.append("<li").append(bare ? attributes(first) : std::string()).append(">");
    if (task && !labelled) task_box(node);
    for (cmark_node* n = first; n && levels > 0; n = cmark_node_next(n)) {
        if (dead_.contains(n)) continue;
        if (!is_type(n, CMARK_NODE_PARAGRAPH) || !(tight || (labelled && n == first))) {
            if (n == first) out_ += '\n';
            block(n, levels - 1);
            continue;
        }
        const std::string lang = bare ? std::string() : attributes(n);
        const bool in_label = labelled && n == first;
        if (in_label)
            out_.append(tight ? "" : "<p>").append("<label").append(lang).append(">");
        else if (!lang.empty())
            out_.append("<div").append(lang).append(">");
        if (in_label) task_box(node);
        append_inlines(out_, n);
        if (in_label)
            out_.append("</label>").append(tight ? "" : "</p>");
        else if (!lang.empty())
            out_ += "</div>";
        if (cmark_node_next(n)) out_ += '\n';
    }
    out_ += "</li>\n";
}

void PageWriter::task_box(cmark_node* item) {
    const bool checked = is_checked(item);
    out_ += "<input type=\"checkbox\" disabled";
    if (checked) out_ += " checked";
    if (!cmark_node_first_child(item)) out_.append(" aria-label=\"").append(checked ? "[x]" : "[ ]").append("\"");
    out_ += "> ";
}

// cmark-gfm takes any "[x]" of the line for the box; the box itself stands at the end of the slot's literal.
bool PageWriter::is_checked(cmark_node* item) const {
    const bool guess = cmark_gfm_extensions_get_tasklist_item_checked(item);
    cmark_node* first = cmark_node_first_child(item);
    const auto slot = first ? slot_of(first) : std::nullopt;
    if (!slot) return guess;
    const std::string_view literal = scan::trim(skeleton_.literals[*slot]);
    if (!literal.ends_with("]") || literal.size() < 3) return guess;
    return literal[literal.size() - 2] != ' ';
}

void PageWriter::table(cmark_node* node) {
    const unsigned char* alignments = cmark_gfm_extensions_get_table_alignments(node);
    out_ += "<table>\n";
    bool in_body = false;
    for (cmark_node* n = cmark_node_first_child(node); n; n = cmark_node_next(n)) {
        const bool header = is_table_header(n);
        if (header) out_ += "<thead>\n";
        if (!header && !in_body) out_ += "<tbody>\n";
        in_body = in_body || !header;
        row(n, alignments);
        if (header) out_ += "</thead>\n";
    }
    out_ += in_body ? "</tbody>\n</table>\n" : "</table>\n";
}

void PageWriter::row(cmark_node* row, const unsigned char* alignments) {
    out_ += "<tr>";
    for (cmark_node* cell = cmark_node_first_child(row); cell; cell = cmark_node_next(cell)) {
        const bool empty = dead_.contains(cell) || !cmark_node_first_child(cell);
        // An empty header heads nothing.
        const bool header = !empty && is_table_header(row);
        out_ += header ? "<th scope=\"col\"" : "<td";
        out_.append(align_class(*alignments++)).append(empty ? std::string() : attributes(cell)).append(">");
        if (!empty) append_inlines(out_, cell);
        out_ += header ? "</th>" : "</td>";
    }
    out_ += "</tr>\n";
}

}  // namespace stele::content
