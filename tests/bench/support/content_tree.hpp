#pragma once
// A folder of content files as people keep them: KEY.LOCALE.md with front matter, 2 to 4 KB of Markdown each.
#include <cstddef>
#include <string>
#include <vector>

namespace stele::bench {

// Articles number 0 to `articles` - 1, each in every locale; the first is the source. Spread over folders of 1,000.
// Files and their bytes are the same for the same arguments. Returns the bytes written.
size_t write_content_tree(const std::string& folder, int articles, const std::vector<std::string>& locales);

}  // namespace stele::bench
