// Which node of cmark's tree shows which part.
#include "src/content/render_page.hpp"

#include <algorithm>

#include "src/content/markdown_cut.hpp"
#include "src/content/markdown_scan.hpp"

namespace stele::content {
namespace {

// In document order, inline nodes left out.
cmark_node* next_block(cmark_node* node, cmark_node* root) {
    const cmark_node_type type = cmark_node_get_type(node);
    const bool holds_inlines =
        type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING || type == CMARK_NODE_TABLE_CELL;
    cmark_node* child = holds_inlines ? nullptr : cmark_node_first_child(node);
    if (child) return child;
    while (node != root && !cmark_node_next(node)) node = cmark_node_parent(node);
    return node == root ? nullptr : cmark_node_next(node);
}

// A leaf that has a text, by the same rule as text_blocks.
bool is_text(cmark_node* node) {
    const cmark_node_type type = cmark_node_get_type(node);
    if (type == CMARK_NODE_PARAGRAPH || type == CMARK_NODE_HEADING || type == CMARK_NODE_TABLE_CELL)
        return cmark_node_first_child(node) != nullptr;
    if (type == CMARK_NODE_CODE_BLOCK) return !scan::is_blank(literal_of(node));
    return type == CMARK_NODE_HTML_BLOCK && !is_comment(literal_of(node));
}

bool shows(cmark_node* node, const Skeleton& skeleton, size_t slot) {
    const cmark_node_type type = cmark_node_get_type(node);
    switch (skeleton.slots[slot].kind) {
        case Kind::heading:
            return type == CMARK_NODE_HEADING;
        case Kind::code:
            return type == CMARK_NODE_CODE_BLOCK;
        case Kind::table_cell:
            return type == CMARK_NODE_TABLE_CELL;
        case Kind::block:
            return type == CMARK_NODE_HTML_BLOCK && scan::trim(literal_of(node)) == placeholder(skeleton, slot);
        case Kind::paragraph:
        case Kind::list_item:
        case Kind::caption:
            break;
    }
    return type == CMARK_NODE_PARAGRAPH;
}

// As plain text in one line, which fits everywhere.
std::string escaped_text(std::string_view text) {
    std::string out;
    for (char c : text) {
        if (scan::is_punctuation(c)) out += '\\';
        out += scan::is_space(c) ? ' ' : c;
    }
    return out;
}

bool fits_alone(const Slot& slot, std::string_view text) {
    if (slot.kind == Kind::code || slot.kind == Kind::table_cell) return false;
    const std::string alone = text_in_slot({slot.kind, {}, slot.next_prefix == " " ? " " : "\n"}, text);
    const Blocks blocks = parse_blocks(alone);
    const std::vector<uint32_t> ids = text_blocks(blocks);
    return !blocks.too_deep && ids.size() == 1 && blocks.all[0].children.size() == 1 &&
           blocks.all[ids[0]].type == BlockType::paragraph;
}

// A closing fence stands at most three columns in.
std::string fenced_text(std::string_view text) {
    std::string out;
    while (true) {
        const size_t end = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, end);
        if (scan::trim(line).starts_with("```") || scan::trim(line).starts_with("~~~")) out += "    ";
        out += line;
        if (end == text.size()) return out;
        out += '\n';
        text.remove_prefix(end + 1);
    }
}

}  // namespace

bool PageWriter::present(size_t slot) const {
    return slot < parts_.size() && parts_[slot].text && !scan::is_blank(*parts_[slot].text);
}

std::vector<std::string> PageWriter::own_texts() const {
    std::vector<std::string> texts;
    for (size_t i = 0; i < skeleton_.slots.size(); ++i)
        texts.push_back(present(i) && skeleton_.slots[i].kind != Kind::block
                            ? text_in_slot(skeleton_.slots[i], *parts_[i].text)
                            : placeholder(skeleton_, i));
    return texts;
}

std::string PageWriter::markdown_with(const std::vector<std::string>& texts) const {
    std::string out;
    for (size_t i = 0; i < texts.size(); ++i) out.append(skeleton_.literals[i]).append(texts[i]);
    return out += skeleton_.literals.back();
}

bool PageWriter::read(const std::vector<std::string>& texts) {
    document_ = parse_document(arena_, markdown_with(texts));
    return assign_slots();
}

bool PageWriter::assign_slots() {
    size_t slot = 0;
    bool right = true;
    cmark_node* root = document_;
    for (cmark_node* node = root; node; node = next_block(node, root)) {
        if (!is_text(node)) continue;
        right = right && slot < skeleton_.slots.size() && shows(node, skeleton_, slot);
        if (!right) break;
        cmark_node_set_user_data(node, reinterpret_cast<void*>(++slot));
    }
    return right && slot == skeleton_.slots.size();
}

void PageWriter::parse_parts() {
    for (size_t i = 0; i < skeleton_.slots.size(); ++i) {
        if (skeleton_.slots[i].kind != Kind::block || !present(i)) continue;
        if (parse_blocks(*parts_[i].text).too_deep)
            part_documents_[i] = parse_document(arena_, escaped_text(*parts_[i].text));
        else
            part_documents_[i] = parse_document(arena_, *parts_[i].text);
    }
}

// A block goes when all its texts are absent.
void PageWriter::mark_dead(cmark_node* root) {
    std::unordered_map<cmark_node*, std::pair<bool, bool>> holds;  // absent, present
    for (cmark_node* node = root; node; node = next_block(node, root)) {
        const auto slot = slot_of(node);
        if (!slot) continue;
        for (cmark_node* n = node; n; n = cmark_node_parent(n))
            (present(*slot) ? holds[n].second : holds[n].first) = true;
    }
    for (const auto& [node, fate] : holds)
        if (fate.first && !fate.second) dead_.insert(node);
}

bool PageWriter::has_top_heading(cmark_node* root) const {
    for (cmark_node* node = root; node; node = next_block(node, root))
        if (cmark_node_get_type(node) == CMARK_NODE_HEADING && cmark_node_get_heading_level(node) == 1) return true;
    return false;
}

std::optional<size_t> PageWriter::slot_of(cmark_node* node) {
    const auto number = reinterpret_cast<size_t>(cmark_node_get_user_data(node));
    if (number == 0) return std::nullopt;
    return number - 1;
}

std::string PageWriter::html() {
    std::vector<std::string> texts = own_texts();
    if (!read(texts)) {
        // A text that was never checked, or whose surroundings changed: it is shown, but may not change the page.
        for (size_t i = 0; i < texts.size(); ++i) {
            if (!present(i) || skeleton_.slots[i].kind == Kind::block) continue;
            const Slot& slot = skeleton_.slots[i];
            if (slot.kind == Kind::code)
                texts[i] = text_in_slot(slot, fenced_text(*parts_[i].text));
            else if (!fits_alone(slot, *parts_[i].text))
                texts[i] = escaped_text(scan::trim(*parts_[i].text));
        }
        read(texts);
    }
    parse_parts();
    const bool all = [&] {
        for (size_t i = 0; i < skeleton_.slots.size(); ++i)
            if (!present(i)) return false;
        return true;
    }();
    if (!all) mark_dead(document_);
    bool top = has_top_heading(document_);
    for (const auto& [slot, document] : part_documents_) top = top || has_top_heading(document);
    shift_ = top ? 1 : 0;
    blocks(document_, Blocks::max_depth * 2);
    return std::move(out_);
}

std::string render_html(const Skeleton& skeleton, std::span<const Part> parts, const locale::Tag& page_lang) {
    return PageWriter(skeleton, parts, page_lang).html();
}

}  // namespace stele::content
