#pragma once
// A text as what the memory compares: words by UAX #29 and the language's dictionaries, case folded; numbers;
// placeholders; marks. White space and the destinations of links say nothing here.
#include <string>
#include <string_view>
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::memory {

struct Token {
    enum class Kind { word, number, placeholder, mark } kind;
    std::string text;    // as written
    std::string folded;  // words: case folded; else as written
};
using Tokens = std::vector<Token>;

Tokens tokens_of(std::string_view text, const locale::Tag& tag);

}  // namespace stele::memory
