#pragma once
// Numbers in a text, as values: 1,000.5 in English, 1 000,5 in Norwegian and ١٬٠٠٠٫٥ in Arabic are one.
#include <cstdint>
#include <string>
#include <vector>

#include "src/checks/work.hpp"

namespace stele::checks {

struct Number {
    size_t first = 0, last = 0;  // its characters
    Range range;
    std::string text;                 // as written
    std::vector<std::string> values;  // "1000.5"; several where it can be read in more than one way
    // Its groups of digits by themselves: what a date, a time or a version is made of.
    struct Part {
        std::string digits;  // 0-9, without leading zeros
        Range range;
        std::string text;
    };
    std::vector<Part> parts;
    std::string whole, fraction;  // of values[0]
    bool grouped = false;
    bool half_day = false;  // an hour of a clock of twelve: "pm" stands beside it
    char32_t digit = U'0';  // one of its digits: says which script they are of
};

std::vector<Number> numbers_in(const Side& side);
// Inside numbers_in (clock.cpp).
void mark_half_days(const Side& side, std::vector<Number>& numbers);

// The number as the locale writes it, with the digits of the script that `digit` is of.
std::string written(const Number& number, const locale::Tag& tag, char32_t digit);
// 0-9 in the script that `digit` is of.
std::string in_digits_like(std::string_view digits, char32_t digit);

}  // namespace stele::checks
