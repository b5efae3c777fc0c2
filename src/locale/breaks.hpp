#pragma once
// For the files of this folder only: ICU's break iterators over UTF-8, by byte offsets.
#include <cstdint>
#include <functional>
#include <string_view>

#include "src/locale/tag.hpp"

namespace stele::locale {

enum class Unit { grapheme, word, sentence };

// Calls `visit(piece, rule_status)` for each piece between two boundaries, in order, until it returns false. All bytes
// of the text are in exactly one piece. Rule status: ubrk.h, UBRK_WORD_*.
void each_piece(std::string_view text, Unit unit, const Tag& tag,
                const std::function<bool(std::string_view piece, int32_t rule_status)>& visit);
// Graphemes are the same in every language (UAX #29).
void each_grapheme(std::string_view text, const std::function<bool(std::string_view)>& visit);

}  // namespace stele::locale
