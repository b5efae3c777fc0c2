#pragma once
// What stands in a text for something else and is never translated: {name}, {{name}}, {0, number}, ${name}, %s, %1$d,
// %(name)s, and addresses with a scheme. Not the destinations of links (destinations.hpp).
#include <string_view>
#include <vector>

namespace stele::content {

struct Placeholder {
    size_t begin, end;  // bytes in the text
};

// In the order of the text, none inside another. Linear in its length.
std::vector<Placeholder> find_placeholders(std::string_view text);

}  // namespace stele::content
