#pragma once
// Texts that are cheap to send and dear to parse or to show. cmark-gfm copies a reference's destination and title to
// each of its uses, fills every row of a table up to the width of the first, walks over the cells before each cell, and
// looks for the end of "<?", "<![CDATA[" and "<!A" from each of them to the end of the paragraph.
#include <string>
#include <string_view>

namespace stele::content {

// All uses of the longest definition together, in bytes of HTML: so many in any text, and for each of its bytes.
inline constexpr size_t max_expansion = 256 * 1024;
inline constexpr size_t max_expansion_each = 16;
// How often each byte may be looked at in vain.
inline constexpr size_t max_looks = 100;

// Of all tables together; long texts may lack a cell for each four bytes more.
inline constexpr size_t max_lacking_cells = 5'000;
bool lacks_too_many(size_t cells, size_t bytes);

// Over the cells of tables, in any text and for each of its bytes: enough for 700 columns, and for long tables of 150.
inline constexpr size_t max_steps = 1'000'000;
inline constexpr size_t max_steps_each = 32;

// Linear. An upper bound is compared: no text that passes is dear, and no text that people write fails.
bool is_hard(std::string_view markdown);

// The same words without any mark, in the same lines.
std::string as_plain_text(std::string_view markdown);

}  // namespace stele::content
