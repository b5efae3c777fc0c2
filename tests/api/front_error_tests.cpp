// What the front refuses by itself is a problem document as well.
#include <boost/test/unit_test.hpp>

#include "server/front_error.hpp"
#include "server/make_app.hpp"

using namespace stele;

BOOST_AUTO_TEST_SUITE(front_errors)

BOOST_AUTO_TEST_CASE(each_status_of_the_front_becomes_a_problem) {
    App app;
    load_parts(app);
    auto norwegian = http::request_for("GET", "/");
    norwegian.headers = {{"Accept-Language", "nb"}};
    for (const int status : {400, 408, 413, 414, 417, 431, 500, 501, 503, 505}) {
        for (const http::Request* request :
             {static_cast<const http::Request*>(nullptr), static_cast<const http::Request*>(&norwegian)}) {
            const auto response = front_error(app, status, "a-reason", request);
            const auto document = boost::json::parse(response.body);
            BOOST_TEST(response.status == status);
            BOOST_TEST(response.header("Content-Type") == "application/problem+json");
            BOOST_TEST(response.header("Cache-Control") == "no-store");
            BOOST_TEST(document.at("status").as_int64() == status);
            BOOST_TEST(!document.at("title").as_string().empty());
            BOOST_TEST(document.at("type").as_string() ==
                       (status == 500 ? "urn:stele:internal" : "urn:stele:a-reason"));
        }
    }
    BOOST_TEST(front_error(app, 503, "overloaded", nullptr).header("Retry-After") == "1");
    BOOST_TEST(front_error(app, 413, "body-length", &norwegian).header("Content-Language") == "nb");
}

BOOST_AUTO_TEST_CASE(those_who_are_too_many_are_told_in_their_language) {
    App app;
    load_parts(app);
    const auto errors = stele::front_errors(app);
    for (int again = 0; again < 2; ++again)
        for (const std::string language : {"nb", "de", "en"}) {
            auto request = http::request_for("GET", "/");
            request.headers = {{"Accept-Language", language}};
            const auto refusal = errors(503, "overloaded", &request);
            BOOST_TEST(refusal.status == 503);
            BOOST_TEST(refusal.header("Content-Language") == language);
            BOOST_TEST(refusal.body == front_error(app, 503, "overloaded", &request).body);
            BOOST_TEST(refusal.header("Retry-After") == "1");
            BOOST_TEST(errors(413, "body-length", &request).status == 413);
        }
}

BOOST_AUTO_TEST_CASE(a_browser_gets_a_page_in_its_language_and_a_program_a_document) {
    App app;
    load_parts(app);
    const auto errors = stele::front_errors(app);
    const std::pair<int, std::string> refused[] = {
        {503, "overloaded"}, {408, "body"}, {413, "body-length"}, {431, "header-count"}};
    for (const auto& [status, reason] : refused)
        for (const std::string language : {"en", "ar"}) {
            BOOST_TEST_CONTEXT(status << ' ' << language) {
                auto request = http::request_for("GET", "/");
                request.headers = {{"Accept", "text/html,application/xhtml+xml,*/*;q=0.8"},
                                   {"Accept-Language", language}};
                const auto page = errors(status, reason, &request);
                request.headers[0].second = "*/*";
                const auto document = errors(status, reason, &request);
                BOOST_TEST(page.status == status);
                BOOST_TEST(page.header("Content-Type") == "text/html; charset=utf-8");
                BOOST_TEST(page.body.find("<html lang=\"" + language + "\" dir=\"" +
                                          (language == "ar" ? "rtl" : "ltr") + "\">") != std::string::npos);
                BOOST_TEST(document.header("Content-Type") == "application/problem+json");
                const auto title = boost::json::parse(document.body).at("title").as_string();
                BOOST_TEST(page.body.find("<h1>" + std::string(title) + "</h1>") != std::string::npos);
                for (const auto* name : {"Retry-After", "Cache-Control", "Content-Language"})
                    BOOST_TEST(page.header(name) == document.header(name));
            }
        }
    auto both = http::request_for("GET", "/");
    both.headers = {{"Accept", "application/json, text/html;q=0.5"}};
    BOOST_TEST(errors(413, "body-length", &both).header("Content-Type") == "application/problem+json");
    BOOST_TEST(errors(503, "connections", nullptr).header("Content-Type") == "application/problem+json");
}

BOOST_AUTO_TEST_SUITE_END()
