#pragma once
// A content file cut into its front matter, line by line, and its body, byte for byte.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/exchange/yaml.hpp"

namespace stele::exchange {

struct Entry {
    std::string key;
    Yaml value;
    size_t first = 0, end = 0;  // its lines in FrontMatter::lines; comments and blank lines after it are not its own
    int line = 0;               // in the file, from 1
};

struct FrontMatter {
    std::string open;                // "---" and its line end, after a byte order mark if there is one
    std::vector<std::string> lines;  // with their line ends
    std::vector<Entry> entries;
    std::string close;  // "---", its line end, and one blank line if there is one
    std::string body;
    int body_line = 0;  // from 1
    std::string eol;    // "\n" or "\r\n", as the first line has it

    const Entry* find(std::string_view key) const;
};

// Absent: the file has no front matter. Throws BadFile: not UTF-8, not closed, too large, not understood.
std::optional<FrontMatter> split_file(std::string_view bytes);

}  // namespace stele::exchange
