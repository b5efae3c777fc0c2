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

BOOST_AUTO_TEST_SUITE_END()
