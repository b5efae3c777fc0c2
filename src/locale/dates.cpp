// Dates and times. Content dates are proleptic Gregorian (ISO 8601) in every locale and have no time zone: they are set
// and formatted at midnight UTC, so the zone of the process cannot move them.
#include <unicode/dtitvfmt.h>
#include <unicode/gregocal.h>
#include <unicode/reldatefmt.h>
#include <unicode/smpdtfmt.h>

#include <limits>
#include <memory>

#include "src/locale/cache.hpp"
#include "src/locale/format.hpp"
#include "src/locale/icu.hpp"

namespace stele::locale {
namespace {

constexpr size_t cached_formatters = 64;
using DateFormat = std::unique_ptr<icu::DateFormat>;
using IntervalFormat = std::unique_ptr<icu::DateIntervalFormat>;
using RelativeFormat = std::unique_ptr<icu::RelativeDateTimeFormatter>;

UDate millis(std::chrono::year_month_day date) {
    return double(std::chrono::sys_days(date).time_since_epoch().count()) * 86'400'000.0;
}
UDate millis(Time t) { return double(micros(t)) / 1000.0; }

std::unique_ptr<icu::GregorianCalendar> utc_calendar(const icu::Locale& locale) {
    UErrorCode status = U_ZERO_ERROR;
    auto calendar = std::make_unique<icu::GregorianCalendar>(*icu::TimeZone::getGMT(), locale, status);
    // Without this, days before 15 October 1582 come out Julian.
    calendar->setGregorianChange(-std::numeric_limits<double>::max(), status);
    check(status, "GregorianCalendar");
    return calendar;
}

icu::DateFormat::EStyle icu_style(DateStyle style) {
    switch (style) {
        case DateStyle::full:
            return icu::DateFormat::kFull;
        case DateStyle::long_:
            return icu::DateFormat::kLong;
        case DateStyle::medium:
            return icu::DateFormat::kMedium;
        case DateStyle::short_:
            return icu::DateFormat::kShort;
    }
    return icu::DateFormat::kMedium;
}

DateFormat make_format(const Tag& tag, icu::DateFormat::EStyle date, icu::DateFormat::EStyle time) {
    const auto locale = gregorian_locale(tag);
    DateFormat format(icu::DateFormat::createDateTimeInstance(date, time, locale));
    if (!format) check(U_MISSING_RESOURCE_ERROR, "DateFormat::createDateTimeInstance");
    format->adoptCalendar(utc_calendar(locale).release());
    return format;
}

const icu::DateIntervalFormat& interval_format(const Tag& tag) {
    thread_local BoundedCache<IntervalFormat> formats(cached_formatters);
    return *formats.get(tag.text(), [&] {
        UErrorCode status = U_ZERO_ERROR;
        IntervalFormat made(icu::DateIntervalFormat::createInstance(u"yMMMMd", gregorian_locale(tag), status));
        check(status, "DateIntervalFormat::createInstance");
        return made;
    });
}

const icu::RelativeDateTimeFormatter& relative_format(const Tag& tag) {
    thread_local BoundedCache<RelativeFormat> formats(cached_formatters);
    return *formats.get(tag.text(), [&] {
        UErrorCode status = U_ZERO_ERROR;
        auto made = std::make_unique<icu::RelativeDateTimeFormatter>(icu_locale(tag), status);
        check(status, "RelativeDateTimeFormatter");
        return made;
    });
}

std::string relative(double offset, URelativeDateTimeUnit unit, const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text;
    relative_format(tag).format(offset, unit, text, status);
    check(status, "RelativeDateTimeFormatter::format");
    return utf8(text);
}

std::string right_now(const Tag& tag) {
    UErrorCode status = U_ZERO_ERROR;
    icu::UnicodeString text;
    relative_format(tag).format(UDAT_DIRECTION_PLAIN, UDAT_ABSOLUTE_NOW, text, status);
    check(status, "RelativeDateTimeFormatter::format");
    return utf8(text);
}

}  // namespace

std::string format_date(std::chrono::year_month_day date, const Tag& tag, DateStyle style) {
    thread_local BoundedCache<DateFormat> formats(cached_formatters);
    const auto key = std::to_string(int(style)) + tag.text();
    const auto& format = formats.get(key, [&] { return make_format(tag, icu_style(style), icu::DateFormat::kNone); });
    icu::UnicodeString text;
    return utf8(format->format(millis(date), text));
}

std::string format_date_range(std::chrono::year_month_day from, std::chrono::year_month_day to, const Tag& tag) {
    const auto locale = gregorian_locale(tag);
    const auto first = utc_calendar(locale), last = utc_calendar(locale);
    UErrorCode status = U_ZERO_ERROR;
    first->setTime(millis(std::min(from, to)), status);
    last->setTime(millis(std::max(from, to)), status);
    icu::UnicodeString text;
    icu::FieldPosition ignored;
    interval_format(tag).format(*first, *last, text, ignored, status);
    check(status, "DateIntervalFormat::format");
    return utf8(text);
}

std::string format_time(Time t, const Tag& tag) {
    thread_local BoundedCache<DateFormat> formats(cached_formatters);
    const auto& format =
        formats.get(tag.text(), [&] { return make_format(tag, icu::DateFormat::kMedium, icu::DateFormat::kShort); });
    icu::UnicodeString text;
    return utf8(format->format(millis(t), text));
}

std::string format_relative(Time t, Time now, const Tag& tag) {
    using namespace std::chrono;
    const auto ago = now - t;
    const auto distance = ago < Time::duration::zero() ? -ago : ago;
    const double sign = ago < Time::duration::zero() ? 1 : -1;
    if (distance < minutes(1)) return right_now(tag);
    if (distance < hours(1))
        return relative(sign * double(floor<minutes>(distance).count()), UDAT_REL_UNIT_MINUTE, tag);
    if (distance < hours(24)) return relative(sign * double(floor<hours>(distance).count()), UDAT_REL_UNIT_HOUR, tag);
    const auto today = floor<days>(now), that_day = floor<days>(t);
    // "yesterday" is a matter of the calendar, not of 24 hours.
    if (distance < days(7)) return relative(double((that_day - today).count()), UDAT_REL_UNIT_DAY, tag);
    return format_date(year_month_day(that_day), tag, DateStyle::medium);
}

}  // namespace stele::locale
