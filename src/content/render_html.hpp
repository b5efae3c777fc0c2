#pragma once
// Writing cmark's tree as HTML that is safe and valid whatever the Markdown says.
#include <cmark-gfm.h>

#include <string>
#include <string_view>

#include "src/content/markdown.hpp"

namespace stele::content {

void append_escaped(std::string& out, std::string_view text);
// Percent-encodes what may not stand in a URL, keeps escapes as they are, and escapes for an attribute.
void append_url(std::string& out, std::string_view url);
// Only http, https, mailto, tel and relative references.
bool is_safe_url(std::string_view url);

// The inline children of a node.
void append_inlines(std::string& out, cmark_node* parent);
// What they show: no marks, no destinations; code and alt texts kept, line ends as spaces.
void append_visible(std::string& out, cmark_node* parent);

// "how-we-work" for a heading's text; letters of all scripts stay, underscores do not: ids with one are the theme's.
std::string heading_id(std::string_view text);

}  // namespace stele::content
