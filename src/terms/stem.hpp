#pragma once
// Words in the form in which they are compared: case folded, and without their inflection where Snowball has rules for
// the language (libstemmer).
#include <string>
#include <string_view>
#include <vector>

#include "src/content/prose.hpp"
#include "src/locale/tag.hpp"

namespace stele::terms {

// "solidaritetsbyene" and "Solidaritetsbyen" are both "solidaritetsby" in nb. Folded alone where there are no rules.
std::string stem(std::string_view word, const locale::Tag& tag);

struct Word {
    std::string stem;
    size_t first = 0, last = 0;  // characters [first, last) of the prose
    bool capitals = false;       // several letters, all of them capitals
};
// In order. In scripts without spaces between words each character is one, since dictionaries cut a word otherwise in
// another context; words are taken without an elided article ("l'accueil").
std::vector<Word> words_of(const content::Prose& prose, const locale::Tag& tag);

}  // namespace stele::terms
