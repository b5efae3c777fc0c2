#include "src/checks/number_scan.hpp"

#include <algorithm>

#include "src/locale/characters.hpp"
#include "src/locale/conventions.hpp"

namespace stele::checks {
namespace {

constexpr char32_t arabic_decimal = 0x066B, arabic_group = 0x066C;

bool is_digit(char32_t c) { return locale::digit_value(c) >= 0; }
bool is_space_sign(char32_t c) { return c == U' ' || c == 0xA0 || c == 0x202F || c == 0x2009; }
bool is_sign(char32_t c) {
    return c == U'.' || c == U',' || c == U'\'' || c == 0x2019 || c == 0xB7 || c == arabic_decimal || c == arabic_group;
}

std::string without_zeros(const std::string& digits) {
    const auto at = digits.find_first_not_of('0');
    return at == digits.npos ? "0" : digits.substr(at);
}

class Scan {
  public:
    explicit Scan(const Side& side)
        : side_(side), signs_(locale::number_signs_of(side.tag)), spaced_(locale::is_white_space(signs_.group)) {}

    std::vector<Number> run() {
        std::vector<Number> numbers;
        while (at_ < side_.size()) {
            if (is_digit(side_.at(at_)))
                numbers.push_back(next());
            else
                ++at_;
        }
        return numbers;
    }

  private:
    Number next() {
        const size_t first = at_;
        groups_.clear();
        separators_.clear();
        Number number;
        number.digit = side_.at(at_);
        for (;;) {
            const size_t begin = at_;
            std::string digits;
            for (; is_digit(side_.at(at_)); ++at_) digits += char('0' + locale::digit_value(side_.at(at_)));
            number.parts.push_back({without_zeros(digits), side_.prose.range(begin, at_), side_.text(begin, at_)});
            groups_.push_back(std::move(digits));
            if (!goes_on()) break;
            separators_.push_back(side_.at(at_++));
        }
        number.first = first;
        number.last = at_;
        number.range = side_.prose.range(first, at_);
        number.text = side_.text(first, at_);
        read(number);
        return number;
    }

    bool goes_on() const {
        const char32_t sign = side_.at(at_);
        if (!is_digit(side_.after(at_))) return false;
        if (is_sign(sign)) return true;
        if (!is_space_sign(sign) || (sign == U' ' && !spaced_)) return false;
        // "in 2016 200 people" is two numbers, "20 000" is one.
        if (groups_.back().size() > 3 || (groups_.size() > 1 && groups_.back().size() != 3)) return false;
        size_t end = at_ + 1;
        while (is_digit(side_.at(end))) ++end;
        return end - at_ == 4;
    }

    // Three and three, or as in India three and then two and two.
    bool is_grouped(size_t count) const {
        if (count < 2 || groups_[0].empty() || groups_[0].size() > 3 || groups_[0][0] == '0') return false;
        if (groups_[count - 1].size() != 3) return false;
        const auto all_of_size = [&](size_t n) {
            return std::all_of(groups_.begin() + 1, groups_.begin() + std::ptrdiff_t(count) - 1,
                               [&](const std::string& g) { return g.size() == n; });
        };
        const bool same = std::all_of(separators_.begin(), separators_.begin() + std::ptrdiff_t(count) - 1,
                                      [&](char32_t s) { return s == separators_[0]; });
        return same && (all_of_size(3) || (groups_[0].size() < 3 && all_of_size(2)));
    }

    std::string digits_of(size_t count) const {
        std::string digits;
        for (size_t i = 0; i < count; ++i) digits += groups_[i];
        return without_zeros(digits);
    }

    void add(Number& number, std::string whole, std::string fraction, bool grouped) const {
        const auto last = fraction.find_last_not_of('0');
        const auto value = last == fraction.npos ? whole : whole + "." + fraction.substr(0, last + 1);
        if (number.values.empty()) {
            number.whole = std::move(whole);
            number.fraction = std::move(fraction);
            number.grouped = grouped;
        }
        number.values.push_back(value);
    }

    void read(Number& number) const {
        const size_t count = groups_.size();
        if (count == 1) return add(number, without_zeros(groups_[0]), {}, false);
        const char32_t last = separators_.back();
        const bool may_group = is_grouped(count) && last != arabic_decimal;
        // 1.234 alone can be both: the locale says which, and where it uses the sign for neither, both.
        const bool ambiguous = may_group && count == 2;
        const bool is_decimal_sign = last == U'.' || last == U',' || last == 0xB7 || last == arabic_decimal;
        const bool may_end = is_decimal_sign && (count == 2 || (is_grouped(count - 1) && separators_[0] != last));
        if (may_group && !(ambiguous && last == signs_.decimal)) add(number, digits_of(count), {}, true);
        if (may_end && !(ambiguous && last == signs_.group))
            add(number, digits_of(count - 1), groups_.back(), count > 2);
    }

    const Side& side_;
    const locale::NumberSigns& signs_;
    bool spaced_;
    size_t at_ = 0;
    std::vector<std::string> groups_;
    std::vector<char32_t> separators_;
};

}  // namespace

std::vector<Number> numbers_in(const Side& side) {
    auto numbers = Scan(side).run();
    mark_half_days(side, numbers);
    return numbers;
}

std::string in_digits_like(std::string_view digits, char32_t digit) {
    std::string text;
    for (const char c : digits) locale::append_code_point(text, locale::digit_like(c - '0', digit));
    return text;
}

std::string written(const Number& number, const locale::Tag& tag, char32_t digit) {
    auto signs = locale::number_signs_of(tag);
    if (digit < 0x80 && signs.decimal == arabic_decimal) signs = {U'.', U','};
    std::string text;
    for (size_t i = 0; i < number.whole.size(); ++i) {
        if (number.grouped && i > 0 && (number.whole.size() - i) % 3 == 0) locale::append_code_point(text, signs.group);
        text += in_digits_like(number.whole.substr(i, 1), digit);
    }
    if (number.fraction.empty()) return text;
    locale::append_code_point(text, signs.decimal);
    return text + in_digits_like(number.fraction, digit);
}

}  // namespace stele::checks
