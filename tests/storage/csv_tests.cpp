// Rows as CSV and back: the same rows, whatever a cell or a column's name begins with.
#include <boost/test/unit_test.hpp>

#include "src/exchange/csv.hpp"

using namespace stele;

namespace {

const std::string mark = "\xEF\xBB\xBF";

}  // namespace

BOOST_AUTO_TEST_SUITE(csv)

BOOST_AUTO_TEST_CASE(the_mark_that_spreadsheets_write_is_no_part_of_a_name_and_stays) {
    const auto file = mark + "city,since\nAlba,2019\n";
    const auto rows = exchange::parse_csv(file);
    BOOST_TEST(rows.at(0).as_object().contains("city"));
    BOOST_TEST(exchange::to_csv(rows, file).value() == file);
    BOOST_TEST(exchange::to_csv(rows, "city,since\n").value() == "city,since\nAlba,2019\n");
}

BOOST_AUTO_TEST_CASE(a_name_that_begins_with_the_mark_is_read_as_it_was_written) {
    const boost::json::array rows{{{mark + "city", "Alba"}}};
    for (const auto& former : {std::string(), mark}) {
        const auto csv = exchange::to_csv(rows, former);
        BOOST_TEST_REQUIRE(csv.has_value());
        BOOST_TEST((exchange::parse_csv(*csv) == rows));
    }
}

BOOST_AUTO_TEST_SUITE_END()
