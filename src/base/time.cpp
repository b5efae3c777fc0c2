#include "src/base/time.hpp"

#include <fmt/format.h>

#include <charconv>

namespace stele {

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
