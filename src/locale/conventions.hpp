#pragma once
// How a locale writes quotations and numbers (CLDR, UTS #35 parts 2 and 3).
#include <string>
#include <string_view>
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::locale {

// CLDR's delimiters. Alternate: for a quotation inside a quotation.
struct Quotes {
    char32_t open = 0, close = 0, inner_open = 0, inner_close = 0;
};
const Quotes& quotes_of(const Tag& tag);

struct NumberSigns {
    char32_t decimal = U'.', group = U',';
};
const NumberSigns& number_signs_of(const Tag& tag);

// What stands beside an hour of a clock of twelve, without case: "a.m." and "p.m." in nb, "ص" and "م" in ar.
const std::vector<std::string>& day_halves(const Tag& tag);

// How the number is written in words, in each of the ways (gender, case) that the language has rules for, in lower
// case: 2 is "to" in nb, "eine" and others beside "ein" in de. Empty where there are no rules; those of the root, which
// are digits, do not count.
const std::vector<std::string>& spelled_out(std::int64_t n, const Tag& tag);

}  // namespace stele::locale
