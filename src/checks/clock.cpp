// Hours of a clock of twelve: "2 pm" and "午後2時" are 14 where a clock of twenty-four is used.
#include <algorithm>

#include "src/checks/number_scan.hpp"
#include "src/locale/characters.hpp"
#include "src/locale/conventions.hpp"
#include "src/locale/text.hpp"

namespace stele::checks {
namespace {

constexpr size_t longest = 12;  // characters, with the spaces before
constexpr size_t between = 5;   // "2 to 4 pm"

// CLDR's of the locale, and those that are written in many.
std::vector<std::string> signs_of(const Side& side) {
    auto signs = locale::day_halves(side.tag);
    for (const char* sign : {"am", "pm", "a.m", "p.m", "a. m", "p. m", "صباحًا", "مساءً", "صباحا", "مساء"})
        signs.emplace_back(sign);
    std::erase_if(signs, [](const std::string& sign) { return sign.empty(); });
    return signs;
}

bool goes_on(std::string_view text, size_t at) {
    if (at == text.size()) return false;
    const auto next = locale::next_code_point(text, at);
    return locale::is_letter(next) || locale::is_mark(next) || next == U'-' || next == U'\'' || next == 0x2019;
}

bool stands_after(const Side& side, size_t first, const std::vector<std::string>& signs) {
    const size_t end = std::min(side.size(), first + longest);
    while (first < end && locale::is_white_space(side.at(first))) ++first;
    if (first == end) return false;
    const auto text = locale::fold_case(side.text(first, end));
    return std::any_of(signs.begin(), signs.end(),
                       [&](const std::string& sign) { return text.starts_with(sign) && !goes_on(text, sign.size()); });
}

// As Chinese, Japanese and Korean have it.
bool stands_before(const Side& side, size_t last, const std::vector<std::string>& signs) {
    if (!is_any_of(side.language(), {"zh", "yue", "ja", "ko"})) return false;
    while (last > 0 && locale::is_white_space(side.at(last - 1))) --last;
    const auto text = side.text(last - std::min(last, longest), last);
    return std::any_of(signs.begin(), signs.end(), [&](const std::string& sign) { return text.ends_with(sign); });
}

}  // namespace

void mark_half_days(const Side& side, std::vector<Number>& numbers) {
    if (numbers.empty()) return;
    const auto signs = signs_of(side);
    for (auto& number : numbers)
        number.half_day = stands_after(side, number.last, signs) || stands_before(side, number.first, signs);
    const auto follow = [&](size_t from, size_t to) {
        const auto gap = numbers[std::max(from, to)].first - numbers[std::min(from, to)].last;
        if (numbers[from].half_day && gap <= between) numbers[to].half_day = true;
    };
    for (size_t i = numbers.size(); i-- > 1;) follow(i, i - 1);
    for (size_t i = 1; i < numbers.size(); ++i) follow(i - 1, i);
}

}  // namespace stele::checks
