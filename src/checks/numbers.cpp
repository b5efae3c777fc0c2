// Numbers say the same in every language: 90 is not 80. Their order is free, and so is how they are written.
#include <algorithm>
#include <cmath>
#include <cstdlib>
#include <unordered_map>
#include <unordered_set>

#include "src/checks/number_scan.hpp"
#include "src/locale/characters.hpp"
#include "src/locale/conventions.hpp"
#include "src/locale/text.hpp"

namespace stele::checks {
namespace {

// What is left of one side: a whole number, or one of the parts of what is no number (a date).
struct Left {
    const Number* number;
    const Number::Part* part = nullptr;
    const std::string& text() const { return part ? part->text : number->text; }
    Range range() const { return part ? part->range : number->range; }
    double value() const { return std::strtod((part ? part->digits : number->values.front()).c_str(), nullptr); }
    size_t written_digits() const { return text().size(); }
};
using Lefts = std::vector<Left>;

constexpr double small = 12;           // written in words, or by a dual or an article, in good prose
constexpr double spelled = 1'000'000;  // beyond it nobody writes words

bool is_whole(double value) { return value == std::floor(value); }

bool is_power_of_thousand(double ratio) {
    constexpr double powers[] = {1e3, 1e6, 1e9, 1e12};
    return std::any_of(std::begin(powers), std::end(powers),
                       [&](double power) { return std::abs(ratio - power) < power * 1e-9; });
}

// 2 pm, 14; 12 am, 0.
bool are_one_hour(const Left& twelve, const Left& other) {
    constexpr double half = 12;
    const double x = twelve.value(), y = other.value();
    return twelve.number->half_day && x <= half && y <= 2 * half && std::abs(x - y) == half;
}

// Ways in which one language writes what another writes with another number.
bool are_one(const Left& a, const Left& b) {
    if (are_one_hour(a, b) || are_one_hour(b, a)) return true;
    const double x = a.value(), y = b.value();
    if (x <= 0 || y <= 0) return false;
    if (is_power_of_thousand(x / y) || is_power_of_thousand(y / x)) return true;                // 2 million, 2 000 000
    if (is_whole(x) && is_whole(y) && (y == (x - 1) * 100 || x == (y - 1) * 100)) return true;  // 20th century, 1900s
    const auto short_year = [](double year, double end) { return year >= 1000 && std::fmod(year, 100) == end; };
    return (short_year(x, y) && b.written_digits() == 2) || (short_year(y, x) && a.written_digits() == 2);
}

bool same_digits(const Number& a, const Number& b) {
    return std::equal(a.parts.begin(), a.parts.end(), b.parts.begin(), b.parts.end(),
                      [](const auto& x, const auto& y) { return x.digits == y.digits; });
}

// 1,234 left as it was in a language that reads it as a fraction.
Lefts misread(Lefts& from, Lefts& to) {
    Lefts pairs;
    std::erase_if(from, [&](const Left& a) {
        const auto at = std::find_if(to.begin(), to.end(), [&](const Left& b) {
            return a.number->values.size() == 1 && b.number->values.size() == 1 && a.number->parts.size() > 1 &&
                   same_digits(*a.number, *b.number);
        });
        if (at == to.end()) return false;
        pairs.push_back(a);
        pairs.push_back(*at);
        to.erase(at);
        return true;
    });
    return pairs;
}

// By value, whatever the way of writing; each number of one side for one of the other.
void match(const std::vector<Number>& source, const std::vector<Number>& target, Lefts& from, Lefts& to) {
    std::unordered_map<std::string_view, std::vector<size_t>> by_value;
    for (size_t i = target.size(); i-- > 0;)
        for (const auto& value : target[i].values) by_value[value].push_back(i);
    std::vector<bool> used(target.size());
    const auto take = [&](const Number& number) {
        for (const auto& value : number.values) {
            const auto at = by_value.find(value);
            if (at == by_value.end()) continue;
            while (!at->second.empty() && used[at->second.back()]) at->second.pop_back();
            if (at->second.empty()) continue;
            used[at->second.back()] = true;
            return true;
        }
        return false;
    };
    for (const auto& number : source)
        if (!take(number)) from.push_back({&number});
    for (size_t i = 0; i < target.size(); ++i)
        if (!used[i]) to.push_back({&target[i]});
}

template <class Same>
void strike(Lefts& from, Lefts& to, const Same& same) {
    std::erase_if(from, [&](const Left& a) {
        const auto at = std::find_if(to.begin(), to.end(), [&](const Left& b) { return same(a, b); });
        if (at == to.end()) return false;
        to.erase(at);
        return true;
    });
}

void match_parts(Lefts& from, Lefts& to) {
    std::unordered_map<std::string_view, int> there;
    const auto in_parts = [](const Lefts& lefts) {
        Lefts parts;
        for (const auto& left : lefts)
            if (left.number->parts.size() == 1)
                parts.push_back(left);
            else
                for (const auto& part : left.number->parts) parts.push_back({left.number, &part});
        return parts;
    };
    const auto digits = [](const Left& left) -> std::string_view {
        return left.part ? left.part->digits : left.number->parts.front().digits;
    };
    auto a = in_parts(from), b = in_parts(to);
    for (const auto& left : b) ++there[digits(left)];
    std::unordered_map<std::string_view, int> taken;
    std::erase_if(a, [&](const Left& left) { return --there[digits(left)] >= 0 && ++taken[digits(left)] > 0; });
    std::erase_if(b, [&](const Left& left) { return --taken[digits(left)] >= 0; });
    // A number of which nothing was found is one thing still.
    const auto whole_again = [](const Lefts& before, Lefts& after) {
        for (const auto& left : before) {
            const auto count = std::count_if(after.begin(), after.end(),
                                             [&](const Left& one) { return one.part && one.number == left.number; });
            if (size_t(count) != left.number->parts.size() || left.number->values.empty() || count < 2) continue;
            const auto first =
                std::find_if(after.begin(), after.end(), [&](const Left& one) { return one.number == left.number; });
            *first = {left.number};
            std::erase_if(after, [&](const Left& one) { return one.part && one.number == left.number; });
        }
    };
    whole_again(from, a);
    whole_again(to, b);
    from = std::move(a);
    to = std::move(b);
}

void strike_words(Lefts& lefts, const Side& other) {
    if (lefts.empty()) return;
    const auto text = locale::lower(other.prose.text, other.tag);
    std::erase_if(lefts, [&](const Left& left) {
        const double value = left.value();
        if (!is_whole(value) || value > spelled) return false;
        const auto& words = locale::spelled_out(std::int64_t(value), other.tag);
        return std::any_of(words.begin(), words.end(),
                           [&](const std::string& word) { return text.find(word) != text.npos; });
    });
}

// Said once where the source says it twice.
void strike_repeated(Lefts& lefts, const std::vector<Number>& others) {
    if (lefts.empty()) return;
    std::unordered_set<std::string_view> values;
    for (const auto& number : others) {
        values.insert(number.values.begin(), number.values.end());
        for (const auto& part : number.parts) values.insert(part.digits);
    }
    std::erase_if(lefts, [&](const Left& left) {
        if (left.part) return values.contains(left.part->digits);
        return std::any_of(left.number->values.begin(), left.number->values.end(),
                           [&](const std::string& value) { return values.contains(value); });
    });
}

void strike_small(Lefts& lefts, size_t others) {
    for (size_t i = lefts.size(); i-- > 0 && lefts.size() > others;)
        if (lefts[i].value() <= small) lefts.erase(lefts.begin() + std::ptrdiff_t(i));
}

// Absent where the digits around it would run into what is put there.
std::optional<Mend> mend_of(const Left& source, const Left& target, const Side& side) {
    const auto& number = *target.number;
    constexpr size_t of_a_date = 3;
    if (number.parts.size() > of_a_date && number.values.empty()) return std::nullopt;
    const size_t first = number.first, last = number.last;
    const auto is_digit = [&](size_t i) { return locale::digit_value(side.at(i)) >= 0; };
    if ((first >= 2 && is_digit(first - 2)) || is_digit(last + 1) || is_digit(last)) return std::nullopt;
    if (source.part || target.part || source.number->values.empty()) {
        const auto& digits = source.part ? source.part->digits : source.number->parts[0].digits;
        return use(target.range(), in_digits_like(digits, number.digit));
    }
    return use(target.range(), written(*source.number, side.tag, number.digit));
}

}  // namespace

void check_numbers(const Texts& texts, Findings& out) {
    const auto source = numbers_in(texts.source), target = numbers_in(texts.target);
    if (source.empty() && target.empty()) return;
    Lefts from, to;
    match(source, target, from, to);
    if (from.empty() && to.empty()) return;
    constexpr size_t most = 200;  // beyond it the texts are no translations of each other, and pairs would cost
    if (from.size() > most || to.size() > most) return (void)out.add(Check::numbers, "many", {});
    const auto pairs = misread(from, to);
    for (size_t i = 0; i < pairs.size(); i += 2) {
        const auto right = written(*pairs[i].number, texts.target.tag, pairs[i + 1].number->digit);
        auto* finding =
            out.add(Check::numbers, "misread", {{"source", pairs[i].text()}, {"text", right}}, pairs[i + 1].range());
        finding->source = pairs[i].range();
        finding->mend = mend_of(pairs[i], pairs[i + 1], texts.target);
    }
    const auto same = [&](const Left& a, const Left& b) {
        return (a.part || !a.number->values.empty()) && (b.part || !b.number->values.empty()) && are_one(a, b);
    };
    strike(from, to, same);
    match_parts(from, to);
    strike(from, to, same);
    strike_repeated(from, target);
    strike_repeated(to, source);
    strike_words(from, texts.target);
    strike_words(to, texts.source);
    strike_small(from, to.size());
    strike_small(to, from.size());
    for (size_t i = 0; i < std::max(from.size(), to.size()); ++i) {
        if (from.size() == to.size()) {
            auto* finding = out.add(Check::numbers, "differs", {{"source", from[i].text()}, {"target", to[i].text()}},
                                    to[i].range());
            finding->source = from[i].range();
            finding->mend = mend_of(from[i], to[i], texts.target);
        } else {
            if (i < from.size())
                out.add(Check::numbers, "missing", {{"source", from[i].text()}})->source = from[i].range();
            if (i < to.size()) out.add(Check::numbers, "extra", {{"target", to[i].text()}}, to[i].range());
        }
    }
}

}  // namespace stele::checks
