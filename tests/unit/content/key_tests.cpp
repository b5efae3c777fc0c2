#include <boost/test/unit_test.hpp>

#include "src/content/key.hpp"
#include "src/content/limits.hpp"

using namespace stele::content;

namespace {

std::string key_problem(std::string_view key) { return check_key(key).value_or("good"); }
std::string slug_problem(std::string_view slug) { return check_slug(slug).value_or("good"); }

}  // namespace

BOOST_AUTO_TEST_SUITE(names_in_urls)

BOOST_AUTO_TEST_CASE(keys) {
    for (const std::string_view good : {"a", "lillehammer-solidarity-city", "2027-budget", "a.b_c", "x1"})
        BOOST_TEST(key_problem(good) == "good", good);
    BOOST_TEST(key_problem("") == "field.required");
    BOOST_TEST(key_problem("2027") == "key.letter");
    for (const std::string_view bad : {"A", "a b", "a/b", "å", "-a", "a-", ".", "..", "a.", "a\n", "a%20b"})
        BOOST_TEST(key_problem(bad) == "key.characters", bad);
    BOOST_TEST(key_problem(std::string(max_key_bytes, 'a')) == "good");
    BOOST_TEST(key_problem(std::string(max_key_bytes + 1, 'a')) == "key.too-long");
    for (const std::string_view own : {"api", "studio", "assets", "healthz", "readyz", "metrics", "feeds",
                                       "sitemap.xml", "robots.txt", "favicon.ico"})
        BOOST_TEST(key_problem(own) == "field.reserved", own);
}

BOOST_AUTO_TEST_CASE(slugs_are_of_any_script) {
    for (const std::string_view good :
         {"lillehammer", "2027", "åpne-byer", "открытые-города", "مدن-مفتوحة", "开放的城市", "हिन्दी", "straße"})
        BOOST_TEST(slug_problem(good) == "good", good);
    BOOST_TEST(slug_problem("") == "field.required");
    for (const std::string_view bad :
         {"a/b", "a b", "a\u00A0b", "a\u2013b", "-a", "a.", "..", "\xFF", "a\u202Eb", "a?b", "a#b", "\uFEFFa", "a\\b"})
        BOOST_TEST(slug_problem(bad) == "slug.characters", bad);
    for (const std::string_view bad : {"Oslo", "Åpne", "a\u030Apne"}) BOOST_TEST(slug_problem(bad) == "slug.form", bad);
    BOOST_TEST(slug_problem(std::string(max_slug_bytes + 1, 'a')) == "slug.too-long");
    BOOST_TEST(slug_problem("studio") == "field.reserved");
}

BOOST_AUTO_TEST_SUITE_END()
