#pragma once
// Text that has one thing a line, as a field of a form holds a list.
#include <algorithm>
#include <string>
#include <string_view>
#include <vector>

namespace stele {

// Without those that have nothing in them, and without a carriage return at the end of one.
inline std::vector<std::string> lines_of(std::string_view text) {
    std::vector<std::string> lines;
    while (!text.empty()) {
        const auto end = std::min(text.find('\n'), text.size());
        auto line = text.substr(0, end);
        if (line.ends_with('\r')) line.remove_suffix(1);
        if (!line.empty()) lines.emplace_back(line);
        text.remove_prefix(std::min(end + 1, text.size()));
    }
    return lines;
}

}  // namespace stele
