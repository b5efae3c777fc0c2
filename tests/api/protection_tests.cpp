// What answers tell browsers, logs keep to themselves, and every path knows of its methods.
#include "server/dispatch_log.hpp"
#include "server/routes.hpp"
#include "tests/support/test_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

// The pattern with something that could be there in the place of each parameter.
std::string some_path(std::string_view pattern) {
    std::string path;
    while (!pattern.empty()) {
        const auto open = pattern.find('{');
        path += pattern.substr(0, open);
        if (open == std::string_view::npos) break;
        const auto close = pattern.find('}');
        path += pattern.substr(open + 1, close - open - 1) == "locale" ? "nb" : "17";
        pattern.remove_prefix(close + 1);
    }
    return path;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(protection)

BOOST_AUTO_TEST_CASE(every_page_says_what_may_be_done_with_it) {
    Db db(db::Dialect::sqlite);
    TestSite site(db);
    for (const std::string target : {"/nb/", "/nb/havna", "/nb/no-such-page", "/studio/sign-in", "/studio"}) {
        const auto answer = site.call("GET", target);
        if (!answer.header("Content-Type").starts_with("text/html")) continue;
        const auto policy = answer.header("Content-Security-Policy");
        BOOST_TEST(policy.find("default-src 'none'") != std::string::npos, target);
        BOOST_TEST(policy.find("frame-ancestors") != std::string::npos, target);
        BOOST_TEST(policy.find("unsafe") == std::string::npos, target);
        BOOST_TEST(answer.header("X-Content-Type-Options") == "nosniff", target);
        BOOST_TEST(!answer.header("Referrer-Policy").empty(), target);
        BOOST_TEST(!answer.header("Permissions-Policy").empty(), target);
    }
    BOOST_TEST(site.call("GET", "/studio/sign-in").header("Referrer-Policy") == "same-origin");
    BOOST_TEST(site.call("GET", "/api/v1/locales").header("X-Content-Type-Options") == "nosniff");
}

BOOST_AUTO_TEST_CASE(https_is_asked_for_where_there_is_https) {
    Db db(db::Dialect::sqlite);
    TestSite site(db);
    const auto said = [&] { return site.call("GET", "/nb/").header("Strict-Transport-Security"); };
    BOOST_TEST(said() == "max-age=31536000");
    site.app.options.hsts_max_age = 0;
    BOOST_TEST(said() == "");
    site.app.options.hsts_max_age = 60;
    site.app.options.base_url = "http://stele.test";
    BOOST_TEST(said() == "");
    // Without an address of its own the site has that of the request.
    site.app.options.base_url = "";
    auto request = http::request_for("GET", "/nb/");
    BOOST_TEST(dispatch(site.app, request).header("Strict-Transport-Security") == "");
    request.https = true;
    const auto page = dispatch(site.app, request);
    BOOST_TEST(page.header("Strict-Transport-Security") == "max-age=60");
    BOOST_TEST(page.body.find("https://localhost/") != std::string::npos);
    BOOST_TEST(page.body.find("http://localhost/") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(every_path_names_its_methods) {
    Db db(db::Dialect::sqlite);
    TestSite site(db);
    for (const auto& route : routes().routes()) {
        const auto path = some_path(route.pattern);
        const auto options = site.call("OPTIONS", path);
        BOOST_TEST(options.status == 204, path);
        BOOST_TEST(options.header("Allow").find(route.method) != std::string::npos, path);
        BOOST_TEST(options.text == "", path);
        for (const std::string method : {"TRACE", "BREW", "get"}) {
            const auto refused = site.call(method, path);
            BOOST_TEST(refused.status == 405, method << " " << path);
            BOOST_TEST(refused.header("Allow") == options.header("Allow"), method << " " << path);
        }
    }
    const auto all = site.call("OPTIONS", "*");
    BOOST_TEST(all.status == 204);
    BOOST_TEST(all.header("Allow").find("PATCH") != std::string::npos);
    BOOST_TEST(site.call("TRACE", "/no/such/path/at/all").status == 404);
}

BOOST_AUTO_TEST_CASE(the_access_log_keeps_secrets) {
    const auto shown = [](std::string_view target) { return path_for_access_log("GET", target); };
    BOOST_TEST(shown("/nb/havna?utm=1") == "/nb/havna");
    BOOST_TEST(shown("/nb/bl%C3%A5") == "/nb/bl%C3%A5");
    BOOST_TEST(shown("/api/v1/articles/17?locale=nb") == "/api/v1/articles/17");
    BOOST_TEST(shown("/studio/sign-in/s3cret") == "/studio/sign-in/{code}");
    BOOST_TEST(shown("/preview/s3cret?x=y") == "/preview/{token}");
    BOOST_TEST(shown("/studio/sign-in/s3cret/") == "(no such path)");
    BOOST_TEST(shown("/preview/s3cret/more/of/it") == "(no such path)");
    BOOST_TEST(shown("/%ff") == "(no such path)");
    BOOST_TEST(path_for_access_log("POST", "/studio/sign-in/s3cret") == "/studio/sign-in/{code}");
    BOOST_TEST(path_for_access_log("BREW", "/nb/havna") == "/nb/havna");
}

BOOST_AUTO_TEST_SUITE_END()
