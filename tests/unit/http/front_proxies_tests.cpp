// A server behind proxies, on real sockets.
#include "tests/unit/http/server_support.hpp"

using namespace stele::test;

namespace {

Response seen(const Request& request) {
    return stele::http::text_response(200, "text/plain",
                                      request.peer + (request.https ? " https " : " http ") + request.host);
}

Options behind(std::string_view proxies) {
    auto options = on_any_port();
    options.proxies = stele::http::Proxies(proxies);
    return options;
}

const Headers forwarded = {{"Host", "inner"},
                           {"X-Forwarded-For", "1.1.1.1, 203.0.113.7"},
                           {"X-Forwarded-Proto", "https"},
                           {"X-Forwarded-Host", "example.org"},
                           {"X-Request-Id", "from-the-proxy.1"}};

}  // namespace

BOOST_AUTO_TEST_SUITE(behind_proxies)

BOOST_AUTO_TEST_CASE(a_trusted_proxy_is_believed) {
    const Running running(seen, behind("127.0.0.0/8"));
    HttpClient client(running.server.port());
    const auto answer = client.get("/", forwarded);
    BOOST_TEST(answer.body == "203.0.113.7 https example.org");
    BOOST_TEST(answer.header("X-Request-Id") == "from-the-proxy.1");
    const auto with_body = client.post("/", "x", forwarded);
    BOOST_TEST(with_body.body == "203.0.113.7 https example.org");
    BOOST_TEST(with_body.header("X-Request-Id") == "from-the-proxy.1");
    // On the same connection another client.
    BOOST_TEST(client.get("/", {{"Host", "inner"}, {"X-Forwarded-For", "203.0.113.8"}}).body ==
               "203.0.113.8 http inner");
}

BOOST_AUTO_TEST_CASE(nobody_else_is) {
    const Running running(seen, behind("10.0.0.0/8"));
    const auto answer = HttpClient(running.server.port()).get("/", forwarded);
    BOOST_TEST(answer.body == "127.0.0.1 http inner");
    BOOST_TEST(answer.header("X-Request-Id") != "from-the-proxy.1");
}

BOOST_AUTO_TEST_CASE(every_answer_has_an_id_of_its_own) {
    const Running running([](const Request& request) { return stele::http::text_response(200, "a/b", request.id); });
    HttpClient client(running.server.port());
    const auto first = client.get("/");
    BOOST_TEST(first.header("X-Request-Id").size() == 16U);
    BOOST_TEST(first.header("X-Request-Id") == first.body);
    const auto second = client.post("/", "x");
    BOOST_TEST(second.header("X-Request-Id") == second.body);
    BOOST_TEST(first.body != second.body);
    auto raw = running.connect();
    raw.send("nonsense\r\n\r\n");
    const auto refused = raw.read_response();
    BOOST_TEST(refused.status == 400);
    BOOST_TEST(refused.header("X-Request-Id").size() == 16U);
}

BOOST_AUTO_TEST_CASE(an_id_that_is_not_sane_is_not_taken_over) {
    const Running running(seen, behind("127.0.0.1"));
    HttpClient client(running.server.port());
    for (const auto& id : std::vector<std::string>{"a b", "<script>", "\"", std::string(65, 'a'), "\xc3\xa6", "a;b"})
        BOOST_TEST(client.get("/", {{"X-Request-Id", id}}).header("X-Request-Id").size() == 16U);
    const std::string longest(64, 'a');
    BOOST_TEST(client.get("/", {{"X-Request-Id", longest}}).header("X-Request-Id") == longest);
}

BOOST_AUTO_TEST_CASE(a_proxy_may_have_more_connections_than_one_client) {
    auto options = behind("127.0.0.1");
    options.limits.connections_per_address = 1;
    const Running running(seen, options);
    std::vector<RawConnection> all;
    for (int n = 0; n < 8; ++n) {
        all.push_back(running.connect());
        all.back().send("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        BOOST_TEST(all.back().read_response().status == 200);
    }
}

BOOST_AUTO_TEST_SUITE_END()
