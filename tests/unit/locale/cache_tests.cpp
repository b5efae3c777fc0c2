#include <boost/test/unit_test.hpp>
#include <memory>
#include <stdexcept>

#include "src/locale/cache.hpp"

using stele::locale::BoundedCache;

BOOST_AUTO_TEST_SUITE(bounded_cache)

BOOST_AUTO_TEST_CASE(makes_each_value_once) {
    BoundedCache<std::unique_ptr<int>> cache(4);
    int made = 0;
    for (int i = 0; i < 3; ++i) BOOST_TEST(*cache.get("a", [&] { return std::make_unique<int>(++made); }) == 1);
    BOOST_TEST(made == 1);
    BOOST_TEST(cache.find("b") == nullptr);
}

BOOST_AUTO_TEST_CASE(drops_what_was_used_least_recently) {
    BoundedCache<int> cache(2);
    cache.put("a", 1);
    cache.put("b", 2);
    cache.find("a");
    cache.put("c", 3);
    BOOST_TEST(cache.size() == 2u);
    BOOST_TEST(cache.find("b") == nullptr);
    BOOST_TEST_REQUIRE(cache.find("a") != nullptr);
    BOOST_TEST(*cache.find("a") == 1);
}

BOOST_AUTO_TEST_CASE(is_unchanged_when_making_fails) {
    BoundedCache<int> cache(1);
    cache.put("a", 1);
    BOOST_CHECK_THROW(cache.get("b", []() -> int { throw std::runtime_error("no"); }), std::runtime_error);
    BOOST_TEST(cache.find("a") != nullptr);
}

BOOST_AUTO_TEST_SUITE_END()
