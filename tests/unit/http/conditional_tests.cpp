#include <boost/test/unit_test.hpp>

#include "server/http/conditional.hpp"
#include "src/base/error.hpp"

using namespace stele::http;

namespace {

// Tags as they would be written, "*", or "malformed".
std::string listed(std::string_view text) {
    const auto list = parse_tag_list(text);
    if (!list) return "malformed";
    if (list->any) return "*";
    std::string out;
    for (const auto& tag : list->tags) out += (out.empty() ? "" : " ") + to_string(tag);
    return out;
}

Request asking(std::string_view method, std::vector<std::string> values, const std::string& name = "If-None-Match") {
    auto request = request_for(method, "/");
    for (auto& value : values) request.headers.emplace_back(name, std::move(value));
    return request;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(conditional)

BOOST_AUTO_TEST_CASE(lists_of_tags) {
    BOOST_TEST(listed("\"3.7\"") == "\"3.7\"");
    BOOST_TEST(listed(" W/\"a\" ,\"b,c\", \"\"") == "W/\"a\" \"b,c\" \"\"");
    BOOST_TEST(listed(", \"a\",, \"b\",") == "\"a\" \"b\"");
    BOOST_TEST(listed("*") == "*");
    for (const auto* text :
         {"", "a", "\"a", "a\"", "w/\"a\"", "W/ \"a\"", "\"a\" \"b\"", "\"a\", *", "*, \"a\"", "\"a b\"", ","})
        BOOST_TEST(listed(text) == "malformed", text);
}

BOOST_AUTO_TEST_CASE(one_tag) {
    BOOST_TEST((parse_entity_tag("W/\"x\"") == EntityTag{"x", true}));
    BOOST_TEST(!parse_entity_tag("\"x\", \"y\"").has_value());
}

BOOST_AUTO_TEST_CASE(comparison_by_the_table_of_rfc_9110) {
    const EntityTag w1{"1", true}, w2{"2", true}, s1{"1", false};
    BOOST_TEST(!strongly_equal(w1, w1));
    BOOST_TEST(weakly_equal(w1, w1));
    BOOST_TEST(!weakly_equal(w1, w2));
    BOOST_TEST(!strongly_equal(w1, s1));
    BOOST_TEST(weakly_equal(w1, s1));
    BOOST_TEST(strongly_equal(s1, s1));
    BOOST_TEST(matches_strongly(*parse_tag_list("\"0\", \"1\""), s1));
    BOOST_TEST(!matches_strongly(*parse_tag_list("W/\"1\""), s1));
    BOOST_TEST(matches_strongly(*parse_tag_list("*"), s1));
    BOOST_TEST(matches_weakly(*parse_tag_list("W/\"1\""), s1));
}

BOOST_AUTO_TEST_CASE(if_none_match_answers_reads_only) {
    const EntityTag current{"2.1", false};
    BOOST_TEST(not_modified(asking("GET", {"\"2.1\""}), current));
    BOOST_TEST(not_modified(asking("HEAD", {"W/\"2.1\""}), current));
    BOOST_TEST(not_modified(asking("GET", {"\"1.1\"", "\"2.1\""}), current));
    BOOST_TEST(not_modified(asking("GET", {"*"}), current));
    BOOST_TEST(!not_modified(asking("GET", {"\"1.1\""}), current));
    BOOST_TEST(!not_modified(asking("GET", {"2.1"}), current));
    BOOST_TEST(!not_modified(asking("GET", {}), current));
    BOOST_TEST(!not_modified(asking("PUT", {"\"2.1\""}), current));
}

BOOST_AUTO_TEST_CASE(if_match_is_read_or_refused) {
    BOOST_TEST(!if_match(asking("PUT", {})).has_value());
    BOOST_TEST(if_match(asking("PUT", {"\"a\"", "\"b\""}, "if-match"))->tags.size() == 2U);
    BOOST_CHECK_THROW(if_match(asking("PUT", {"a"}, "If-Match")), stele::Error);
    BOOST_CHECK_THROW(if_match(asking("PUT", {""}, "If-Match")), stele::Error);
}

BOOST_AUTO_TEST_CASE(a_list_names_a_tag_strong_or_weak_or_any) {
    BOOST_TEST(names_tag("\"a\"", "\"a\""));
    BOOST_TEST(names_tag("*", "\"a\""));
    BOOST_TEST(names_tag("\"b\", W/\"a\"", "\"a\""));
    BOOST_TEST(!names_tag("\"a-br\"", "\"a\""));
    BOOST_TEST(!names_tag("\"a\"x", "\"a\""));
    BOOST_TEST(!names_tag("a", "\"a\""));
    BOOST_TEST(!names_tag("\"x\"a\"", "\"a\""));
}

BOOST_AUTO_TEST_CASE(dates_of_http_in_all_three_forms) {
    constexpr std::time_t then = 784111777;  // RFC 9110 section 5.6.7
    for (const auto* text :
         {"Sun, 06 Nov 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994"})
        BOOST_TEST(parse_http_date(text).value_or(0) == then, text);
    for (const auto* text : {"", "yesterday", "Sun, 06 Nov 1994 08:49:37 GMT and more", "1994-11-06T08:49:37Z"})
        BOOST_TEST(!parse_http_date(text), text);
}

BOOST_AUTO_TEST_CASE(the_tag_of_a_coding_is_that_of_what_it_was_made_of) {
    BOOST_TEST(without_coding("4.7-br") == "4.7");
    BOOST_TEST(without_coding("4.7-gz") == "4.7");
    BOOST_TEST(without_coding("4.7") == "4.7");
    BOOST_TEST(without_coding("-br") == "");
}

BOOST_AUTO_TEST_SUITE_END()
