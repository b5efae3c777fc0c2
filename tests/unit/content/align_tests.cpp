#include <boost/test/unit_test.hpp>

#include "src/content/segment.hpp"

using namespace stele::content;

namespace {

// "p:text" a paragraph, "h:" a heading, "l:" a list item.
std::vector<Leaf> leaves(const std::vector<std::string>& lines) {
    std::vector<Leaf> result;
    for (const auto& line : lines) {
        const Kind kind = line[0] == 'h' ? Kind::heading : line[0] == 'l' ? Kind::list_item : Kind::paragraph;
        result.push_back({kind, line.substr(2)});
    }
    return result;
}

std::string aligned(const std::vector<std::string>& source, const std::vector<std::string>& target,
                    const std::vector<size_t>& missing = {}) {
    std::string text;
    for (const auto& place : align(leaves(source), leaves(target), missing))
        text += (text.empty() ? "" : " ") + (place ? std::to_string(*place) : std::string("-"));
    return text;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(alignment)

BOOST_AUTO_TEST_CASE(the_same_kinds_are_one_to_one) {
    BOOST_TEST(aligned({"p:en", "h:to", "l:tre"}, {"p:one", "h:two", "l:three"}) == "0 1 2");
    BOOST_TEST(aligned({}, {}) == "");
}

BOOST_AUTO_TEST_CASE(what_the_file_lacks_is_left_out) {
    BOOST_TEST(aligned({"p:en", "h:to", "l:tre", "p:fire"}, {"p:one", "h:two", "l:three"}) == "0 1 2");
    BOOST_TEST(aligned({"h:A", "p:en to tre", "h:B", "p:fire"}, {"h:X", "h:Y", "p:four"}) == "0 2 3");
}

BOOST_AUTO_TEST_CASE(what_is_said_to_be_missing_is_believed) {
    BOOST_TEST(aligned({"p:en", "p:to", "p:tre"}, {"p:one", "p:three"}, {1}) == "0 2");
    BOOST_TEST(aligned({"p:en", "p:to"}, {"p:one"}, {0, 7}) == "1");
}

BOOST_AUTO_TEST_CASE(names_and_numbers_decide_between_equals) {
    BOOST_TEST(aligned({"p:Bare kort tekst.", "p:I 2016 ble Athen og Oslo med i EUROCITIES."},
                       {"p:In 2016 Athens and Oslo joined EUROCITIES."}) == "1");
}

BOOST_AUTO_TEST_CASE(a_block_without_counterpart_is_absent) {
    BOOST_TEST(aligned({"p:en"}, {"h:Heading", "p:one"}) == "- 0");
    BOOST_TEST(aligned({"p:en"}, {"p:one", "l:item"}) == "0 -");
    BOOST_TEST(aligned({}, {"p:one"}) == "-");
}

BOOST_AUTO_TEST_CASE(long_texts_are_taken_in_order) {
    std::vector<Leaf> source(3000, Leaf{Kind::paragraph, "en"}), target(2500, Leaf{Kind::paragraph, "one"});
    target.push_back({Kind::heading, "two"});
    const auto result = align(source, target, {});
    BOOST_TEST(result[2499].value() == 2499U);
    BOOST_TEST(!result[2500]);
}

BOOST_AUTO_TEST_SUITE_END()
