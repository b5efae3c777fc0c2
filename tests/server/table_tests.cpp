#include <boost/test/unit_test.hpp>

#include "server/cli/table.hpp"
#include "src/locale/text.hpp"

using stele::cli::csv_line;
using stele::cli::Table;

BOOST_AUTO_TEST_SUITE(table)

BOOST_AUTO_TEST_CASE(columns_stand_below_each_other_in_any_script) {
    Table table({"KEY", "NAME", "TITLE"});
    table.add({"a", "漢字", "one"});
    table.add({"b", "أهلا", "two"});
    table.add({"long-key", "e\u0301", "three"});
    const auto text = table.text(0);
    size_t line_start = 0;
    for (const auto* title : {"TITLE", "one", "two", "three"}) {
        const auto at = text.find(title, line_start);
        BOOST_REQUIRE(at != std::string::npos);
        BOOST_TEST(stele::locale::display_width(text.substr(line_start, at - line_start)) == 16, title);
        line_start = text.find('\n', at) + 1;
    }
}

BOOST_AUTO_TEST_CASE(the_last_column_is_cut_to_the_line) {
    Table table({"K", "TITLE"});
    table.add({"a", std::string(60, 'x')});
    const auto text = table.text(40);
    const auto second = text.substr(text.find('\n') + 1);
    BOOST_TEST(stele::locale::display_width(second.substr(0, second.size() - 1)) == 40);
    BOOST_TEST(second.find("…") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(values_with_separators_are_quoted) {
    BOOST_TEST(csv_line({"a", "b,c", "d\"e", "f\ng", ""}) == "a,\"b,c\",\"d\"\"e\",\"f\ng\",\r\n");
}

BOOST_AUTO_TEST_SUITE_END()
