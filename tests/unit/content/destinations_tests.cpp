#include <boost/test/unit_test.hpp>

#include "src/content/destinations.hpp"
#include "src/content/segment.hpp"

using namespace stele::content;

namespace {

std::string listed(std::string_view text) {
    std::string out;
    for (const auto& destination : find_destinations(text))
        out += (out.empty() ? "" : " ") + value_of(text, destination);
    return out;
}

struct Row {
    std::string_view text, destinations;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(destinations)

BOOST_AUTO_TEST_CASE(found_as_commonmark_says) {
    const Row rows[] = {
        {"plain", ""},
        {"[a](b)", "b"},
        {"[a](b \"title\") and ![c](<d e> 'f')", "b d e"},
        {"[a](b(c)d) [e](f\\)g)", "b(c)d f)g"},
        {"[a](b(c)", ""},
        {"[a](b c)", ""},
        {"[a]()", ""},
        {"[a] (b)", ""},
        {"\\[a](b)", ""},
        {"[a\\](b)", ""},
        {"`[a](b)` [c](d)", "d"},
        {"`` ` [a](b) `` [c](d)", "d"},
        {"[a `](b)` c](d)", "d"},
        {"` [a](b)", "b"},
        {"[a](b \"unclosed)", ""},
        {"[a](b (t))", "b"},
        {"[![a](b)](c)", "b c"},
        {"[a [b](c) d](e)", "c"},
        {"![a [b](c) d](e)", "c e"},
        {"[[a](b)](c) [d](e)", "b e"},
        {"<https://a.example/x> and <post@a.example>", "https://a.example/x post@a.example"},
        {"https://a.example/x is text", ""},
        {"<a href=\"](b)\"> [c](d)", "d"},
        {"[a <b c=\"](d)\"> e](f)", "f"},
        {"<!-- [a](b) --> [c](d)", "d"},
        {"a < b [c](d) > e", "d"},
        {"[a](\n  b\n  'c'\n)", "b"},
        {"[a](<b\nc>)", ""},
        {"[1]: not-a-definition", ""},
        {"[1]: https://a.example 'title'\n[2]: <b c>\n\nText [1].", "https://a.example b c"},
        {"Text\n[1]: https://a.example", ""},
        {"` open\n\n[a](b) `", "b"},
    };
    for (const Row& row : rows)
        BOOST_TEST(listed(row.text) == row.destinations, row.text << " gives \"" << listed(row.text) << '"');
}

BOOST_AUTO_TEST_CASE(left_out_with_the_space_beside_them) {
    BOOST_TEST(without_destinations("[a](b)") == "[a]()");
    BOOST_TEST(without_destinations("[a]( <b> \"t\" ) c") == "[a]( \"t\" ) c");
    BOOST_TEST(without_destinations("<https://a.example>") == "<>");
}

BOOST_AUTO_TEST_CASE(hostile_text_takes_linear_time) {
    for (const std::string_view piece :
         {"[", "](", "[a](", "`", "<!--", "<a b=\"", "[a](b \"", "[a](b (", "![", "<?", "\\"}) {
        std::string text;
        while (text.size() < 300'000) text += piece;
        BOOST_TEST(find_destinations(text).size() <= text.size());
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(following_destinations)

BOOST_AUTO_TEST_CASE(an_equal_destination_follows_and_text_and_title_stay) {
    BOOST_TEST(follow_destinations("Les [her](/a \"nå\").", "Read [here](/a).", "Read [here](/b).") ==
               "Les [her](/b \"nå\").");
    BOOST_TEST(follow_destinations("![bilde](<a b.png>)", "![picture](<a b.png>)", "![picture](c.png)") ==
               "![bilde](c.png)");
    BOOST_TEST(follow_destinations("<https://a.example>", "<https://a.example>", "<https://b.example>") ==
               "<https://b.example>");
    BOOST_TEST(follow_destinations("[x](a\\_b)", "[y](a_b)", "[y](c)") == "[x](c)");
}

BOOST_AUTO_TEST_CASE(a_destination_of_its_own_stays) {
    BOOST_TEST(follow_destinations("[her](/nb)", "[here](/a)", "[here](/b)") == "[her](/nb)");
    BOOST_TEST(follow_destinations("ingen", "[here](/a)", "[here](/b)") == "ingen");
}

BOOST_AUTO_TEST_CASE(places_and_other_word_order) {
    BOOST_TEST(follow_destinations("[1](/a) [2](/a)", "[1](/a) [2](/a)", "[1](/a) [2](/b)") == "[1](/a) [2](/b)");
    BOOST_TEST(follow_destinations("[2](/b) [1](/a)", "[1](/a) [2](/b)", "[1](/c) [2](/b)") == "[2](/b) [1](/c)");
    // What /a became is not one thing, and it stands elsewhere: a person decides.
    BOOST_TEST(follow_destinations("[0](/x) [3](/b) [1](/a)", "[1](/a) [2](/a) [3](/b)", "[1](/c) [2](/d) [3](/b)") ==
               "[0](/x) [3](/b) [1](/a)");
}

BOOST_AUTO_TEST_CASE(a_link_more_or_less_moves_nothing) {
    BOOST_TEST(follow_destinations("[1](/a) [2](/b)", "[1](/a) [2](/b)", "[2](/b)") == "[1](/a) [2](/b)");
}

BOOST_AUTO_TEST_CASE(code_is_not_touched) {
    BOOST_TEST(follow_destinations("`[x](/a)` [x](/a)", "[x](/a)", "[x](/b)") == "`[x](/a)` [x](/b)");
}

BOOST_AUTO_TEST_CASE(autolinks_and_links_exchange_only_what_needs_no_escape) {
    BOOST_TEST(follow_destinations("[x](https://a.example)", "<https://a.example>", "<https://b.example>") ==
               "[x](https://b.example)");
    BOOST_TEST(follow_destinations("<https://a.example>", "[x](https://a.example)", "[x](/relative)") ==
               "<https://a.example>");
    BOOST_TEST(follow_destinations("[x](https://a.example)", "<https://a.example>", "<https://b.example/)>") ==
               "[x](https://a.example)");
}

BOOST_AUTO_TEST_SUITE_END()
