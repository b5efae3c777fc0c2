#include "src/base/time.hpp"

#include <fmt/format.h>

#include <charconv>

namespace stele {
namespace {

// Takes digits off the front, exactly `count` of them.
std::optional<int> take_number(std::string_view& text, size_t count) {
    if (text.size() < count) return std::nullopt;
    int n = 0;
    for (size_t i = 0; i < count; ++i) {
        if (text[i] < '0' || text[i] > '9') return std::nullopt;
        n = n * 10 + (text[i] - '0');
    }
    text.remove_prefix(count);
    return n;
}

bool take(std::string_view& text, std::string_view one_of) {
    if (text.empty() || one_of.find(text.front()) == std::string_view::npos) return false;
    text.remove_prefix(1);
    return true;
}

// ".5" as microseconds; what is finer is cut off.
std::optional<std::int64_t> take_fraction(std::string_view& text) {
    if (!take(text, ".")) return 0;
    std::int64_t us = 0;
    size_t digits = 0;
    for (; !text.empty() && text.front() >= '0' && text.front() <= '9'; ++digits, text.remove_prefix(1))
        if (digits < 6) us = us * 10 + (text.front() - '0');
    if (digits == 0) return std::nullopt;
    for (; digits < 6; ++digits) us *= 10;
    return us;
}

std::optional<std::chrono::minutes> take_offset(std::string_view& text) {
    if (take(text, "Zz")) return std::chrono::minutes(0);
    const bool west = text.starts_with('-');
    if (!take(text, "+-")) return std::nullopt;
    const auto hours = take_number(text, 2);
    if (!take(text, ":")) return std::nullopt;
    const auto minutes = take_number(text, 2);
    if (!hours || !minutes || *hours > 23 || *minutes > 59) return std::nullopt;
    const std::chrono::minutes offset(*hours * 60 + *minutes);
    return west ? -offset : offset;
}

}  // namespace

std::optional<Time> parse_rfc3339(std::string_view text) {
    const auto date = parse_date(text.substr(0, 10));
    if (!date) return std::nullopt;
    text.remove_prefix(10);
    if (!take(text, "Tt ")) return std::nullopt;
    const auto hours = take_number(text, 2);
    if (!take(text, ":")) return std::nullopt;
    const auto minutes = take_number(text, 2);
    if (!take(text, ":")) return std::nullopt;
    const auto seconds = take_number(text, 2);
    if (!hours || !minutes || !seconds || *hours > 23 || *minutes > 59 || *seconds > 60) return std::nullopt;
    const auto fraction = take_fraction(text);
    const auto offset = take_offset(text);
    if (!fraction || !offset || !text.empty()) return std::nullopt;
    return Time(std::chrono::sys_days(*date)) + std::chrono::hours(*hours) + std::chrono::minutes(*minutes) +
           std::chrono::seconds(*seconds) + std::chrono::microseconds(*fraction) - *offset;
}

Time system_now() { return std::chrono::floor<std::chrono::microseconds>(std::chrono::system_clock::now()); }

std::string rfc3339(Time t) {
    using namespace std::chrono;
    const auto day = floor<days>(t);
    const year_month_day date{day};
    const hh_mm_ss clock{t - day};
    auto text =
        fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}", int(date.year()), unsigned(date.month()),
                    unsigned(date.day()), clock.hours().count(), clock.minutes().count(), clock.seconds().count());
    if (const auto us = clock.subseconds().count()) text += fmt::format(".{:06}", us);
    return text + "Z";
}

std::optional<std::chrono::year_month_day> parse_date(std::string_view text) {
    if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    auto number = [&](size_t from, size_t length) -> std::optional<int> {
        int n = 0;
        const char* end = text.data() + from + length;
        for (const char* p = text.data() + from; p < end; ++p)
            if (*p < '0' || *p > '9') return std::nullopt;
        std::from_chars(text.data() + from, end, n);
        return n;
    };
    const auto y = number(0, 4), m = number(5, 2), d = number(8, 2);
    if (!y || !m || !d) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*y), std::chrono::month(unsigned(*m)),
                                           std::chrono::day(unsigned(*d))};
    if (!date.ok()) return std::nullopt;
    return date;
}

}  // namespace stele
