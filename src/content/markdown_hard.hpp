#pragma once
// Texts that are cheap to send and dear to parse. cmark-gfm copies a reference's destination and title to each of its
// uses, fills every row of a table up to the width of the first, and looks for the end of "<?", "<![CDATA[" and "<!A"
// from each of them to the end of the paragraph.
#include <string>
#include <string_view>

namespace stele::content {

// All uses of a long definition together, in bytes: more is taken for an attack on the memory.
inline constexpr size_t max_expansion = 16 * 1024 * 1024;
// How often each byte may be looked at in vain.
inline constexpr size_t max_looks = 100;

// Of all tables together; long texts may lack a cell for each four bytes more.
inline constexpr size_t max_lacking_cells = 5'000;

// Linear. An upper bound is compared: no text that passes is dear, and no text that people write fails.
bool is_hard(std::string_view markdown);

// The same words without any mark, in the same lines.
std::string as_plain_text(std::string_view markdown);

}  // namespace stele::content
