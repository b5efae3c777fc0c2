#pragma once
// Numbers, dates, lists and names the way a locale writes them (CLDR through ICU). Formatters are cached per thread.
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/time.hpp"
#include "src/locale/tag.hpp"

namespace stele::locale {

enum class DateStyle { full, long_, medium, short_ };

// A calendar date, no time zone involved: "onsdag 20. juni 2018".
std::string format_date(std::chrono::year_month_day date, const Tag& tag, DateStyle style = DateStyle::full);
// "10.–11. oktober 2023"
std::string format_date_range(std::chrono::year_month_day from, std::chrono::year_month_day to, const Tag& tag);
// An instant, in UTC: "22. nov. 2026, 04:00"
std::string format_time(Time t, const Tag& tag);
// "for 20 minutter siden", "i går", "om 3 dager"; relative when within a week, else a medium date.
std::string format_relative(Time t, Time now, const Tag& tag);
std::string format_number(std::int64_t n, const Tag& tag);
std::string format_number(double n, const Tag& tag);
std::string format_percent(double fraction, const Tag& tag);
std::string format_list(const std::vector<std::string>& items, const Tag& tag);  // "A, B og C"
std::string plural_category(double n, const Tag& tag);                           // "one", "few", … (CLDR)
std::vector<std::string> plural_categories(const Tag& tag);

}  // namespace stele::locale
