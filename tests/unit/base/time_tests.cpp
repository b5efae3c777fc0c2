#include <boost/test/unit_test.hpp>

#include "src/base/time.hpp"

using namespace stele;

BOOST_AUTO_TEST_SUITE(times)

BOOST_AUTO_TEST_CASE(are_written_by_RFC_3339) {
    BOOST_TEST(rfc3339(time_of(0)) == "1970-01-01T00:00:00Z");
    BOOST_TEST(rfc3339(time_of(1'795'320'000'000'000)) == "2026-11-22T04:00:00Z");
    BOOST_TEST(rfc3339(time_of(1'795'320'000'000'042)) == "2026-11-22T04:00:00.000042Z");
    BOOST_TEST(rfc3339(time_of(-1)) == "1969-12-31T23:59:59.999999Z");
}

BOOST_AUTO_TEST_CASE(are_microseconds_both_ways) {
    for (const std::int64_t us : {0L, 1L, -1L, 1'795'320'000'123'456L}) BOOST_TEST(micros(time_of(us)) == us);
    BOOST_TEST(micros(system_now()) > 1'700'000'000'000'000);
}

BOOST_AUTO_TEST_CASE(dates_are_read_against_the_calendar) {
    const auto date = parse_date("2018-06-20");
    BOOST_TEST_REQUIRE(date.has_value());
    BOOST_TEST(int(date->year()) == 2018);
    BOOST_TEST(unsigned(date->month()) == 6u);
    BOOST_TEST(unsigned(date->day()) == 20u);
    BOOST_TEST(parse_date("2024-02-29").has_value());
    for (const auto* junk : {"", "2018", "2018-6-20", "2018-06-31", "2023-02-29", "2018-00-10", "2018-13-01",
                             "20180620  ", "2018-06-20T", "+018-06-20", "2018/06/20", "20 8-06-20", "２０18-06"})
        BOOST_TEST(!parse_date(junk).has_value(), junk);
}

BOOST_AUTO_TEST_CASE(instants_are_read_in_any_offset_and_junk_is_not) {
    const auto at = [](std::string_view text) {
        const auto time = parse_rfc3339(text);
        return time ? rfc3339(*time) : std::string("none");
    };
    BOOST_TEST(at("2026-11-22T04:00:00Z") == "2026-11-22T04:00:00Z");
    BOOST_TEST(at("2026-11-22t04:00:00.5z") == "2026-11-22T04:00:00.500000Z");
    BOOST_TEST(at("2026-11-22 04:00:00.1234567+01:00") == "2026-11-22T03:00:00.123456Z");
    BOOST_TEST(at("2026-12-31T23:59:60-00:30") == "2027-01-01T00:30:00Z");
    BOOST_TEST(at("1969-12-31T23:59:59Z") == "1969-12-31T23:59:59Z");
    for (const auto* junk : {"", "2026-11-22", "2026-11-22T04:00Z", "2026-11-22T04:00:00", "2026-11-22T24:00:00Z",
                             "2026-02-29T00:00:00Z", "2026-11-22T04:00:00.Z", "2026-11-22T04:00:00+0100",
                             "2026-11-22T04:00:00+24:00", "2026-11-22T04:00:00Z ", "2026-11-22T04:61:00Z", "tomorrow"})
        BOOST_TEST(at(junk) == "none", junk);
}

BOOST_AUTO_TEST_SUITE_END()
