#pragma once
// The blocks of a body as HTML; made for one call of render_html.
#include <set>
#include <unordered_map>
#include <unordered_set>

#include "src/content/markdown_cmark.hpp"
#include "src/content/render_html.hpp"

namespace stele::content {

class PageWriter {
  public:
    PageWriter(const Skeleton& skeleton, std::span<const Part> parts, const locale::Tag& page_lang)
        : skeleton_(skeleton), parts_(parts), page_lang_(page_lang) {}
    std::string html();

  private:
    // From texts to a tree whose leaves know their slots (as user data: slot + 1).
    bool present(size_t slot) const;
    std::string markdown_with(const std::vector<std::string>& texts) const;
    std::vector<std::string> own_texts() const;
    bool read(const std::vector<std::string>& texts);
    bool assign_slots();
    void parse_parts();
    void mark_dead(cmark_node* root);
    bool has_top_heading(cmark_node* root) const;

    static std::optional<size_t> slot_of(cmark_node* node);
    std::string attributes(cmark_node* leaf) const;
    std::string language(size_t slot) const;
    std::string new_id(std::string_view text);

    void blocks(cmark_node* parent, int levels);
    void block(cmark_node* node, int levels);
    void paragraph(cmark_node* node);
    bool figure(cmark_node* node);
    void heading(cmark_node* node);
    void code(cmark_node* node);
    void raw(cmark_node* node, int levels);
    void part(size_t slot, int levels);
    void list(cmark_node* node, int levels);
    void item(cmark_node* node, bool tight, int levels);
    void task_box(cmark_node* item);
    bool is_checked(cmark_node* item) const;
    void table(cmark_node* node);
    void row(cmark_node* row, const unsigned char* alignments);

    const Skeleton& skeleton_;
    std::span<const Part> parts_;
    const locale::Tag& page_lang_;
    const ParseArena arena_;
    cmark_node* document_ = nullptr;
    std::unordered_map<size_t, cmark_node*> part_documents_;
    std::unordered_set<cmark_node*> dead_;
    int shift_ = 0;
    std::set<std::string> ids_;
    std::unordered_map<std::string, int> id_counts_;
    std::string out_;
};

}  // namespace stele::content
