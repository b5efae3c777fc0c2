#pragma once
// Instants are UTC microseconds everywhere: in memory, in the database (integer) and, as RFC 3339, in JSON.
#include <chrono>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace stele {

using Time = std::chrono::sys_time<std::chrono::microseconds>;
using Clock = std::function<Time()>;

Time system_now();
constexpr std::int64_t micros(Time t) { return t.time_since_epoch().count(); }
constexpr Time time_of(std::int64_t us) { return Time(std::chrono::microseconds(us)); }

// "2026-11-22T04:00:00Z", or with ".123456" where there are fractions (RFC 3339).
std::string rfc3339(Time t);
// Of any offset; a leap second is the first of the next minute. Absent for what is none (RFC 3339 date-time).
std::optional<Time> parse_rfc3339(std::string_view text);

// A calendar date "2018-06-20", checked against the calendar; nothing else is accepted (RFC 3339 full-date).
std::optional<std::chrono::year_month_day> parse_date(std::string_view text);

}  // namespace stele
