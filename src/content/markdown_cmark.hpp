#pragma once
// cmark-gfm with tables, strikethrough and task lists: the only place that sets it up. Safe to call from any thread.
#include <cmark-gfm.h>

#include <string_view>

#include "src/content/parse_arena.hpp"

extern "C" {
extern cmark_node_type CMARK_NODE_TABLE, CMARK_NODE_TABLE_ROW, CMARK_NODE_TABLE_CELL, CMARK_NODE_STRIKETHROUGH;
}

namespace stele::content {

// The document's node, never null; it lives as long as the arena, which has to be the newest of this thread whenever
// cmark is called. A hard text (markdown_hard.hpp) is parsed as plain text.
cmark_node* parse_document(const ParseArena& arena, std::string_view markdown);

bool is_task(cmark_node* node);
bool is_table_header(cmark_node* row);
// "" where cmark has no literal.
std::string_view literal_of(cmark_node* node);

}  // namespace stele::content
