#include <boost/test/unit_test.hpp>

#include "src/locale/format.hpp"
#include "src/locale/warm.hpp"

using namespace stele;
using namespace stele::locale;
using namespace std::chrono_literals;

namespace {

Tag tag(std::string_view text) { return Tag::parse(text).value(); }
std::chrono::year_month_day date(std::string_view text) { return parse_date(text).value(); }
Time noon(std::string_view day) { return std::chrono::sys_days(date(day)) + 12h; }

// ICU writes narrow and no-break spaces where CLDR wants them; the tests read plain ones.
std::string plain(std::string text) {
    for (const std::string_view space : {"\u00A0", "\u202F", "\u2009"})
        for (size_t at; (at = text.find(space)) != std::string::npos;) text.replace(at, space.size(), " ");
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(formats)

BOOST_AUTO_TEST_CASE(write_dates) {
    const auto day = date("2018-06-20");
    BOOST_TEST(format_date(day, tag("nb")) == "onsdag 20. juni 2018");
    BOOST_TEST(format_date(day, tag("nb"), DateStyle::long_) == "20. juni 2018");
    BOOST_TEST(format_date(day, tag("nb"), DateStyle::medium) == "20. jun. 2018");
    BOOST_TEST(format_date(day, tag("nb"), DateStyle::short_) == "20.06.2018");
    BOOST_TEST(format_date(day, tag("en")) == "Wednesday, June 20, 2018");
    BOOST_TEST(format_date(day, tag("en-GB"), DateStyle::long_) == "20 June 2018");
    BOOST_TEST(format_date(day, tag("de"), DateStyle::medium) == "20.06.2018");
    BOOST_TEST(format_date(day, tag("nb-x-easy")) == "onsdag 20. juni 2018");
    BOOST_TEST(format_date(day, tag("ar"), DateStyle::long_) == "٢٠ يونيو ٢٠١٨");
}

BOOST_AUTO_TEST_CASE(write_the_gregorian_calendar_in_every_locale_and_age) {
    for (const auto* locale : {"th", "fa", "ar-SA", "ja", "he"}) {
        const auto own = format_date(date("2018-06-20"), tag(locale), DateStyle::short_);
        BOOST_TEST((own.find("2561") == std::string::npos && own.find("1397") == std::string::npos), own);
    }
    BOOST_TEST(format_date(date("2018-06-20"), tag("th"), DateStyle::long_).find("2018") != std::string::npos);
    BOOST_TEST(format_date(date("1030-07-29"), tag("nb"), DateStyle::long_) == "29. juli 1030");
    BOOST_TEST(format_date(date("1582-10-10"), tag("en"), DateStyle::long_) == "October 10, 1582");
}

BOOST_AUTO_TEST_CASE(write_date_ranges) {
    BOOST_TEST(format_date_range(date("2023-10-10"), date("2023-10-11"), tag("nb")) == "10.–11. oktober 2023");
    BOOST_TEST(format_date_range(date("2023-10-11"), date("2023-10-10"), tag("nb")) == "10.–11. oktober 2023");
    BOOST_TEST(plain(format_date_range(date("2023-10-30"), date("2023-11-02"), tag("nb"))) ==
               "30. oktober–2. november 2023");
    BOOST_TEST(format_date_range(date("2023-10-10"), date("2023-10-10"), tag("nb")) == "10. oktober 2023");
    BOOST_TEST(plain(format_date_range(date("2023-10-10"), date("2023-10-11"), tag("en"))) == "October 10 – 11, 2023");
}

BOOST_AUTO_TEST_CASE(write_instants_in_UTC) {
    const Time t = std::chrono::sys_days(date("2026-11-22")) + 4h;
    BOOST_TEST(format_time(t, tag("nb")) == "22. nov. 2026, 04:00");
    BOOST_TEST(plain(format_time(t, tag("en"))) == "Nov 22, 2026, 4:00 AM");
}

BOOST_AUTO_TEST_CASE(write_relative_times) {
    const auto now = noon("2026-11-22");
    const auto nb = tag("nb"), en = tag("en");
    BOOST_TEST(format_relative(now, now, en) == "now");
    BOOST_TEST(format_relative(now - 59s, now, en) == "now");
    BOOST_TEST(format_relative(now - 20min, now, nb) == "for 20 minutter siden");
    BOOST_TEST(format_relative(now - 1h, now, nb) == "for 1 time siden");
    BOOST_TEST(format_relative(now - 23h, now, en) == "23 hours ago");
    BOOST_TEST(format_relative(now - 25h, now, nb) == "i går");
    BOOST_TEST(format_relative(now + 72h, now, nb) == "om 3 døgn");
    BOOST_TEST(format_relative(now + 30min, now, en) == "in 30 minutes");
    BOOST_TEST(format_relative(now - 24h * 7, now, nb) == "15. nov. 2026");
}

BOOST_AUTO_TEST_CASE(write_numbers) {
    BOOST_TEST(plain(format_number(std::int64_t(1234567), tag("nb"))) == "1 234 567");
    BOOST_TEST(format_number(std::int64_t(-1234567), tag("en")) == "-1,234,567");
    BOOST_TEST(format_number(1234.5, tag("de")) == "1.234,5");
    BOOST_TEST(format_number(std::int64_t(12), tag("ar")) == "١٢");
    BOOST_TEST(plain(format_percent(0.5, tag("nb"))) == "50 %");
    BOOST_TEST(format_percent(0.9996, tag("en")) == "99.9%");
    BOOST_TEST(format_percent(1, tag("en")) == "100%");
    BOOST_TEST(format_percent(0.29, tag("en")) == "29%");
}

BOOST_AUTO_TEST_CASE(write_lists) {
    BOOST_TEST(format_list({"A", "B", "C"}, tag("nb")) == "A, B og C");
    BOOST_TEST(format_list({"A", "B", "C"}, tag("en")) == "A, B, and C");
    BOOST_TEST(format_list({"A"}, tag("nb")) == "A");
    BOOST_TEST(format_list({}, tag("nb")) == "");
}

BOOST_AUTO_TEST_CASE(know_plural_categories) {
    BOOST_TEST(plural_category(1, tag("nb")) == "one");
    BOOST_TEST(plural_category(2, tag("nb")) == "other");
    BOOST_TEST(plural_category(2, tag("ar")) == "two");
    BOOST_TEST(plural_category(3, tag("pl")) == "few");
    BOOST_TEST(plural_categories(tag("nb")) == (std::vector<std::string>{"one", "other"}),
               boost::test_tools::per_element());
    BOOST_TEST(plural_categories(tag("ar")).size() == 6u);
    BOOST_TEST(plural_categories(tag("zh")).size() == 1u);
}

BOOST_AUTO_TEST_CASE(are_the_same_in_a_warmed_thread) {
    std::string there;
    std::thread([&] {
        warm_thread({tag("nb"), tag("ar")});
        there = format_date(date("2018-06-20"), tag("nb"));
    }).join();
    BOOST_TEST(there == format_date(date("2018-06-20"), tag("nb")));
}

BOOST_AUTO_TEST_SUITE_END()
