#pragma once
// cmark-gfm with tables, strikethrough and task lists: the only place that sets it up. Safe to call from any thread.
#include <cmark-gfm.h>

#include <memory>
#include <string_view>

extern "C" {
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL, CMARK_NODE_STRIKETHROUGH;
}

namespace stele::content {

struct NodeFree {
    void operator()(cmark_node* node) const { cmark_node_free(node); }
};
using Document = std::unique_ptr<cmark_node, NodeFree>;

// A hard text (markdown_hard.hpp) is parsed as plain text.
Document parse_document(std::string_view markdown);

bool is_task(cmark_node* node);
bool is_table_header(cmark_node* row);
// "" where cmark has no literal.
std::string_view literal_of(cmark_node* node);

}  // namespace stele::content
