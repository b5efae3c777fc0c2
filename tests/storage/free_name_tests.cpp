// Names made from titles that many articles have.
#include <fmt/format.h>

#include <set>

#include "src/editing/validate.hpp"
#include "src/storage/site.hpp"
#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const storage::Site nowhere{.version = 1,
                            .locales = {},
                            .default_locale = ContentSite::tag("en"),
                            .filling = {},
                            .collation = locale::Collation::system()};

struct Names {
    std::set<std::string> taken;
    int looked = 0;

    std::string next() {
        return editing::free_name("Opening hours", ContentSite::tag("en"), "page", nowhere,
                                  [&](const std::string& name) {
                                      ++looked;
                                      return !taken.contains(name);
                                  });
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(free_names)

BOOST_AUTO_TEST_CASE(equal_titles_are_numbered_one_after_the_other) {
    Names names;
    for (int n = 1; n <= 300; ++n) {
        const auto name = names.next();
        BOOST_TEST(name == (n == 1 ? "opening-hours" : fmt::format("opening-hours-{}", n)));
        names.taken.insert(name);
    }
}

BOOST_AUTO_TEST_CASE(a_name_that_thousands_have_is_found_by_a_few_looks) {
    Names names;
    names.taken.insert("opening-hours");
    for (int n = 2; n <= 100'000; ++n) names.taken.insert(fmt::format("opening-hours-{}", n));
    BOOST_TEST(names.next() == "opening-hours-100001");
    BOOST_TEST(names.looked <= 40);
}

BOOST_AUTO_TEST_CASE(where_some_numbers_are_free_again_one_of_those_is_found) {
    Seeded chance(first_seed());
    for (int round = 0, rounds = usual_rounds(200); round < rounds; ++round) {
        Names names;
        names.taken.insert("opening-hours");
        for (int n = 2, last = chance.below(200); n <= last; ++n)
            if (chance.chance(80)) names.taken.insert(fmt::format("opening-hours-{}", n));
        BOOST_TEST(!names.taken.contains(names.next()));
        BOOST_TEST(names.looked <= 20);
    }
}

BOOST_AUTO_TEST_SUITE_END()
