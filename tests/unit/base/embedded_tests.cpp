#include <boost/test/unit_test.hpp>

#include "src/base/embedded.hpp"

using namespace stele;

BOOST_AUTO_TEST_SUITE(embedded_files)

BOOST_AUTO_TEST_CASE(are_found_by_their_path) {
    const auto english = embedded::find("locales/en.json");
    BOOST_TEST_REQUIRE(english.has_value());
    BOOST_TEST(english->starts_with("{"));
    BOOST_TEST(english->ends_with("}\n"));
    BOOST_TEST(!embedded::find("locales/none.json").has_value());
    BOOST_TEST(!embedded::find("").has_value());
}

BOOST_AUTO_TEST_CASE(are_listed_by_folder_in_order) {
    const auto all = embedded::list("locales/");
    BOOST_TEST(all.size() >= 2u);
    for (size_t i = 1; i < all.size(); ++i) BOOST_TEST((all[i - 1].name < all[i].name), all[i].name);
    BOOST_TEST(embedded::list("no/such/folder").empty());
}

BOOST_AUTO_TEST_SUITE_END()
