#pragma once
#include <cstdlib>
#include <optional>
#include <string>
#include <vector>

#include "src/content/markdown.hpp"
#include "src/content/markdown_cmark.hpp"

using Texts = std::vector<std::optional<std::string>>;

inline Texts texts_of(const stele::content::Body& body) {
    Texts texts;
    for (const auto& leaf : body.leaves) texts.push_back(leaf.text);
    return texts;
}

inline unsigned seed_for_tests() {
    const char* seed = std::getenv("STELE_SEED");
    return seed ? static_cast<unsigned>(std::strtoul(seed, nullptr, 10)) : 20260401U;
}

// cmark's blocks, nested, with their literals where `literals`.
inline std::string tree_of(cmark_node* node, bool literals) {
    std::string out = cmark_node_get_type_string(node);
    if (literals) out += "<" + std::string(stele::content::literal_of(node)) + ">";
    out += "(";
    if (literals || CMARK_NODE_TYPE_BLOCK == (cmark_node_get_type(node) & CMARK_NODE_TYPE_MASK))
        for (cmark_node* n = cmark_node_first_child(node); n; n = cmark_node_next(n))
            if (literals || CMARK_NODE_TYPE_BLOCK == (cmark_node_get_type(n) & CMARK_NODE_TYPE_MASK))
                out += tree_of(n, literals);
    return out + ")";
}

inline std::string tree_of(const std::string& markdown, bool literals) {
    const stele::content::ParseArena arena;
    return tree_of(stele::content::parse_document(arena, markdown), literals);
}
