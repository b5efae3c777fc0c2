#pragma once
// By what a text is found again when another one like it is at hand: hashes of pairs of neighbouring words, the ends
// counted as words, numbers all alike. Of a long text those with the longest words, since long words are rare in every
// language and the choice is the same for two texts that share them; and its longest words alone, for whoever looks for
// a word. The language is part of each hash.
#include <cstdint>
#include <string_view>
#include <vector>

#include "src/memory/tokens.hpp"

namespace stele::memory {

inline constexpr size_t pairs_kept = 6, words_kept = 4;

using Key = std::int64_t;

// Of the text's meaning (content::meaning_hash): who has it has this text, but for spaces and destinations.
Key meaning_key(std::string_view text, const locale::Tag& tag);
std::vector<Key> pair_keys(const Tokens& tokens, const locale::Tag& tag, size_t most = pairs_kept);
// Without those at the ends: of a phrase that stands anywhere in a text.
std::vector<Key> inner_pair_keys(const Tokens& tokens, const locale::Tag& tag, size_t most = pairs_kept);
std::vector<Key> word_keys(const Tokens& tokens, const locale::Tag& tag, size_t most = words_kept);

// Everything a source is kept under: each key once.
std::vector<Key> keys_of(std::string_view text, const locale::Tag& tag);

}  // namespace stele::memory
