#include <boost/test/unit_test.hpp>

#include "src/content/state.hpp"

using namespace stele::content;

BOOST_AUTO_TEST_SUITE(states)

BOOST_AUTO_TEST_CASE(the_first_that_fits) {
    struct Row {
        Counts segments;
        bool published, pending;
        std::string_view state;
    };
    const Row rows[] = {
        {{15, 15, 0}, false, false, "untranslated"}, {{15, 15, 0}, true, true, "untranslated"},
        {{15, 1, 0}, true, false, "incomplete"},     {{15, 1, 3}, true, false, "incomplete"},
        {{15, 0, 3}, true, false, "outdated"},       {{15, 0, 0}, false, false, "ready"},
        {{15, 0, 0}, true, true, "ready"},           {{15, 0, 0}, true, false, "current"},
        {{0, 0, 0}, false, false, "ready"},
    };
    for (const Row& row : rows) BOOST_TEST(name_of(state_of(row.segments, row.published, row.pending)) == row.state);
}

BOOST_AUTO_TEST_CASE(names_are_read_back) {
    for (int i = 0; i < 5; ++i) BOOST_TEST((state_named(name_of(static_cast<State>(i))) == static_cast<State>(i)));
    BOOST_TEST(!state_named("translated"));
}

BOOST_AUTO_TEST_SUITE_END()
