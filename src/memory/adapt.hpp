#pragma once
// A translation out of the memory, put right for the source at hand: the destinations of its links, and the numbers and
// placeholders that stand in the place of others. In a translation a number may be written in another way ("1,250" as
// "1 250"); its digits tell which one is meant, and the new one is written as the old one was.
#include <string>
#include <utility>
#include <vector>

#include "src/memory/tokens.hpp"

namespace stele::memory {

struct Adapted {
    std::string text;
    size_t replaced = 0;  // numbers and placeholders; those that are not in the text, or more than once, are left
};

// `from` → `to` as the sources have them, each of one kind.
struct Replacement {
    Token from, to;
};
Adapted adapt(std::string_view target, std::vector<Replacement> replacements, const locale::Tag& tag);

}  // namespace stele::memory
