// What a machine gets to see of a text, and when what it made of it is taken.
#include <boost/test/unit_test.hpp>
#include <functional>

#include "src/machine/protect.hpp"

using namespace stele;

namespace {

// What comes back when the machine says `f` of what it gets.
std::optional<std::string> through(const std::string& text, const std::function<std::string(std::string)>& f) {
    const auto hidden = machine::protect(text);
    return machine::restore(text, hidden, f(hidden.xml));
}

std::string as_it_is(std::string xml) { return xml; }

}  // namespace

BOOST_AUTO_TEST_SUITE(protecting_marks)

BOOST_AUTO_TEST_CASE(everything_comes_back_that_the_machine_leaves_alone) {
    for (const std::string text :
         {"Plain words.", "**Bold** and *other*, ~~gone~~.", "A [link](/a \"its title\") and ![picture](/b.png).",
          "Code `a < b & c` and {name}, %s, &nbsp; &amp; more.", "See <https://example.org/a?b=1&c=2>.",
          "5 * 3 \\* 2, snake_case", "R&D < all", "[a][b] and [c]", "مدينة **كبيرة**"})
        BOOST_TEST(through(text, as_it_is).value_or("(none)") == text);
}

BOOST_AUTO_TEST_CASE(only_words_are_shown_to_the_machine) {
    BOOST_TEST(machine::protect("See **the [list](/list)** of {n} & `code`").xml ==
               "See <x id=\"1\"/>the <x id=\"2\"/>list<x id=\"3\"/> of <x id=\"4\"/> &amp; <x id=\"5\"/>");
    BOOST_TEST(!machine::protect("{n} `code` 2024").has_words);
}

BOOST_AUTO_TEST_CASE(what_lost_a_mark_is_refused) {
    const std::string text = "A [link](/a) here";
    BOOST_TEST(!through(text, [](const std::string&) { return "Ein Link hier"; }));
    BOOST_TEST(!through(text, [](const std::string&) { return "<x id=\"1\"/>a<x id=\"1\"/><x id=\"2\"/>"; }));
    BOOST_TEST(!through(text, [](const std::string&) { return "<x id=\"1\"/>a<x id=\"2\"/><x id=\"3\"/>"; }));
    BOOST_TEST(!through(text, [](const std::string&) { return "<x id=\"1\"/>a<x id=\"2\"/><b>c</b>"; }));
    // Inside out.
    BOOST_TEST(!through(text, [](const std::string&) { return "<x id=\"2\"/>a<x id=\"1\"/>"; }));
    BOOST_TEST(!through(text, [](const std::string&) { return "<x id=\"1\"/><x id=\"2\"/>\xff"; }));
    BOOST_TEST(through(text, [](const std::string&) {
                   return "<x id='1'></x>Link<x id=\"2\" /> &#39;da&#39;";
               }).value() == "[Link](/a) 'da'");
}

BOOST_AUTO_TEST_CASE(marks_that_would_not_be_marks_any_more_are_refused) {
    BOOST_TEST(
        !through("A **word** here", [](const std::string&) { return "A <x id=\"1\"/> word <x id=\"2\"/> here"; }));
}

BOOST_AUTO_TEST_SUITE_END()
