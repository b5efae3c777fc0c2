#include <boost/test/unit_test.hpp>

#include "server/http/router.hpp"

using namespace stele::http;

namespace {

Router<std::string> site() {
    return Router<std::string>({
        {"GET", "/", "home"},
        {"GET", "/{slug}", "negotiated"},
        {"GET", "/{locale}/", "list"},
        {"GET", "/{locale}/{slug}", "page"},
        {"GET", "/api/v1/articles", "articles"},
        {"POST", "/api/v1/articles", "create"},
        {"GET", "/api/v1/articles/{id}", "article"},
        {"PATCH", "/api/v1/articles/{id}", "patch"},
        {"GET", "/api/v1/articles/{id}/translations/{locale}", "translation"},
        {"HEAD", "/healthz", "health-head"},
        {"GET", "/healthz", "health"},
        {"OPTIONS", "/own", "own-options"},
        {"POST", "/api/{what}/x", "loose"},
    });
}

// "page locale=nb slug=om", "405 GET, HEAD, OPTIONS", "options …", "404".
std::string found(std::string_view method, std::string_view path) {
    static const auto router = site();
    const auto result = router.find(method, path);
    using Kind = Found<std::string>::Kind;
    switch (result.kind) {
        case Kind::no_path:
            return "404";
        case Kind::no_method:
            return "405 " + result.allow;
        case Kind::options:
            return "options " + result.allow;
        case Kind::match:
            break;
    }
    auto text = *result.value;
    for (const auto& [name, value] : result.params) text += " " + name + "=" + value;
    return text;
}

void refused(const std::vector<Route<int>>& routes) { BOOST_CHECK_THROW(Router<int>{routes}, std::invalid_argument); }

}  // namespace

BOOST_AUTO_TEST_SUITE(router)

BOOST_AUTO_TEST_CASE(patterns_match_whole_segments) {
    BOOST_TEST(found("GET", "/") == "home");
    BOOST_TEST(found("GET", "/nb/") == "list locale=nb");
    BOOST_TEST(found("GET", "/nb/om oss") == "page locale=nb slug=om oss");
    BOOST_TEST(found("GET", "/nb") == "negotiated slug=nb");
    BOOST_TEST(found("GET", "/api/v1/articles/17/translations/nb") == "translation id=17 locale=nb");
    BOOST_TEST(found("GET", "/nb/om/") == "404");
    BOOST_TEST(found("GET", "//om") == "404");
    BOOST_TEST(found("GET", "/nb//") == "404");
    BOOST_TEST(found("GET", "/api/v1/articles/17/") == "404");
    BOOST_TEST(found("GET", "*") == "404");
    BOOST_TEST(found("GET", "") == "404");
}

BOOST_AUTO_TEST_CASE(static_segments_beat_parameters) {
    BOOST_TEST(found("GET", "/healthz") == "health");
    BOOST_TEST(found("GET", "/api/v1/articles") == "articles");
    // The static branch ends, so the parameter's is tried.
    BOOST_TEST(found("GET", "/api/v2") == "page locale=api slug=v2");
    BOOST_TEST(found("POST", "/api/v1/x") == "loose what=v1");
}

BOOST_AUTO_TEST_CASE(the_path_chooses_the_resource_then_the_method_the_entry) {
    BOOST_TEST(found("POST", "/api/v1/articles") == "create");
    BOOST_TEST(found("DELETE", "/api/v1/articles") == "405 GET, HEAD, OPTIONS, POST");
    BOOST_TEST(found("PUT", "/api/v1/articles/1") == "405 GET, HEAD, OPTIONS, PATCH");
    BOOST_TEST(found("GET", "/api/v1/x") == "405 OPTIONS, POST");
    BOOST_TEST(found("get", "/") == "405 GET, HEAD, OPTIONS");
}

BOOST_AUTO_TEST_CASE(head_is_get_and_options_is_the_list) {
    BOOST_TEST(found("HEAD", "/") == "home");
    BOOST_TEST(found("HEAD", "/healthz") == "health-head");
    BOOST_TEST(found("HEAD", "/api/v1/x") == "405 OPTIONS, POST");
    BOOST_TEST(found("OPTIONS", "/api/v1/articles") == "options GET, HEAD, OPTIONS, POST");
    BOOST_TEST(found("OPTIONS", "/own") == "own-options");
    BOOST_TEST(found("OPTIONS", "/a/b/c") == "404");
}

BOOST_AUTO_TEST_CASE(a_table_that_is_not_clear_is_an_error) {
    refused({{"GET", "/a", 1}, {"GET", "/a", 2}});
    refused({{"GET", "/a/{id}", 1}, {"GET", "/a/{key}", 2}});
    refused({{"GET", "/a/{id}/x", 1}, {"PUT", "/a/{key}/x", 2}});
    refused({{"GET", "/{a}/{a}", 1}});
    refused({{"GET", "a", 1}});
    refused({{"GET", "", 1}});
    refused({{"", "/a", 1}});
    for (const auto* pattern : {"/{", "/}", "/{}", "/{a}b", "/x{a}", "/{a{b}}"}) refused({{"GET", pattern, 1}});
}

BOOST_AUTO_TEST_SUITE_END()
