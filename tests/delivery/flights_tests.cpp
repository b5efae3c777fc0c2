// Many ask for the same: it is made once, for those for whom it is.
#include <boost/test/unit_test.hpp>

#include "server/delivery/delivery.hpp"
#include "server/delivery/keys.hpp"
#include "tests/delivery/decoded.hpp"
#include "tests/unit/http/server_support.hpp"

using namespace stele;
using namespace stele::delivery;
using namespace stele::test;
using stele::testing::decoded;

namespace {

std::string long_text(int version) {
    std::string text = "version " + std::to_string(version);
    while (text.size() < 4'000) text += " and so on, and on";
    return text;
}

http::Response page(int version, const std::string& keys = "article-7 site") {
    auto response = http::text_response(200, "text/html; charset=utf-8", long_text(version));
    response.set("ETag", "\"" + std::to_string(version) + "\"").set("Cache-Control", "public, max-age=0");
    if (!keys.empty()) response.set("Surrogate-Key", keys);
    return response;
}

// Everything is kept but /own; /api is for guests; "a" and "b" are what is read of a query.
Rule rule_of(std::string_view path) { return {.kept = path != "/own", .guests_only = path == "/api", .query = "a b"}; }

struct Site {
    explicit Site(Handler handler, std::size_t workers = 8) {
        auto options = on_any_port();
        options.workers = workers;
        options.ready = delivery;
        running.emplace(std::move(handler), options);
    }
    RawConnection ask(const std::string& target, const std::string& fields = {}, const std::string& method = "GET") {
        auto connection = running->connect();
        connection.send(method + " " + target + " HTTP/1.1\r\nHost: a\r\n" + fields + "\r\n");
        return connection;
    }
    HttpResponse get(const std::string& target, const std::string& fields = {}) {
        return ask(target, fields).read_response();
    }

    std::shared_ptr<Cache> cache = std::make_shared<Cache>(1 << 20);
    std::shared_ptr<Delivery> delivery =
        std::make_shared<Delivery>(cache, Delivery::Options{.with_host = true, .rules = rule_of});
    std::optional<Running> running;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(flights)

BOOST_AUTO_TEST_CASE(what_many_ask_for_is_made_once) {
    Gate gate;
    std::atomic<int> made = 0;
    Site site([&](const Request&) { return ++made, gate.pass(), page(1); });
    std::vector<RawConnection> readers;
    constexpr int count = 60;
    for (int i = 0; i < count; ++i)
        readers.push_back(site.ask("/page", i % 3 == 0   ? ""
                                            : i % 3 == 1 ? "Accept-Encoding: br\r\n"
                                                         : "Accept-Encoding: gzip\r\n"));
    BOOST_TEST(eventually([&] { return site.delivery->waiting() == count - 1; }));
    gate.open();
    for (auto& reader : readers) {
        const auto response = reader.read_response();
        BOOST_TEST(response.status == 200);
        BOOST_TEST((decoded(response.body, response.header("Content-Encoding")) == long_text(1)));
    }
    BOOST_TEST(made == 1);
    BOOST_TEST(site.get("/page", "Accept-Encoding: br\r\n").header("ETag") == "\"1-br\"");
    BOOST_TEST(made == 1);
    BOOST_TEST(site.delivery->waiting() == 0U);
}

// The first answer of a site that waits, what changes meanwhile, and what one gets who asks then.
struct Late {
    explicit Late(const std::string& keys, const std::string& changed)
        : site([this, keys](const Request&) {
              const int version = ++made;
              if (version == 1) gate.pass();
              return page(version, keys);
          }) {
        auto before = site.ask("/page");
        gate.await(1);
        site.cache->drop(Keys{changed});
        auto after = site.ask("/page", "Accept-Encoding: gzip\r\n");
        auto also = site.ask("/page");
        eventually([&] { return site.delivery->waiting() == 2; });
        gate.open();
        first = before.read_response().header("ETag");
        second = after.read_response().header("ETag");
        third = also.read_response().header("ETag");
    }
    Gate gate;
    std::atomic<int> made = 0;
    Site site;
    std::string first, second, third;
};

BOOST_AUTO_TEST_CASE(who_asks_after_a_change_gets_what_was_made_after_it) {
    Late late("article-7 site", "article-7");
    BOOST_TEST(late.first == "\"1\"");
    BOOST_TEST(late.second == "\"2-gz\"");
    BOOST_TEST(late.third == "\"2\"");
    // What was made before the change is not kept.
    BOOST_TEST(late.site.get("/page").header("ETag") == "\"2\"");
    BOOST_TEST(late.made == 2);
}

BOOST_AUTO_TEST_CASE(who_asks_after_a_change_of_something_else_need_not_have_it_made_again) {
    Late late("article-8 site", "article-7");
    BOOST_TEST(late.second == "\"1-gz\"");
    BOOST_TEST(late.third == "\"1\"");
    BOOST_TEST(late.site.get("/page").header("ETag") == "\"1\"");
    BOOST_TEST(late.made == 1);
}

BOOST_AUTO_TEST_CASE(what_is_not_for_all_is_made_for_each) {
    Gate gate;
    std::atomic<int> made = 0;
    Site site([&](const Request& request) {
        if (++made == 1) gate.pass();
        return http::text_response(404, "text/plain", std::string(request.header("X-Who")));
    });
    std::vector<RawConnection> readers;
    for (int i = 0; i < 5; ++i) {
        readers.push_back(site.ask("/page", "X-Who: " + std::to_string(i) + "\r\n"));
        if (i == 0) BOOST_TEST(gate.await(1));
    }
    BOOST_TEST(eventually([&] { return site.delivery->waiting() == 4; }));
    gate.open();
    for (int i = 0; i < 5; ++i) BOOST_TEST(readers[std::size_t(i)].read_response().body == std::to_string(i));
    BOOST_TEST(made == 5);
}

BOOST_AUTO_TEST_CASE(who_waits_too_long_together_is_refused_together) {
    Gate gate;
    auto options = on_any_port();
    options.workers = 1;
    options.read_patience = std::chrono::milliseconds(50);
    auto cache = std::make_shared<Cache>(1 << 20);
    options.ready = std::make_shared<Delivery>(cache, Delivery::Options{.with_host = true, .rules = rule_of});
    const auto& delivery = static_cast<Delivery&>(*options.ready);
    const Running running([&](const Request&) { return gate.pass(), page(1); }, options);
    const auto ask = [&](const std::string& target) {
        auto connection = running.connect();
        connection.send("GET " + target + " HTTP/1.1\r\nHost: a\r\n\r\n");
        return connection;
    };
    auto busy = ask("/own");
    BOOST_TEST(gate.await(1));
    auto leader = ask("/page"), other = ask("/page");
    BOOST_TEST(eventually([&] { return delivery.waiting() == 1; }));
    const auto late = std::chrono::steady_clock::now() + std::chrono::milliseconds(100);
    BOOST_TEST(eventually([&] { return std::chrono::steady_clock::now() > late; }));
    gate.open();
    BOOST_TEST(busy.read_response().status == 200);
    for (auto* reader : {&leader, &other}) {
        const auto response = reader->read_response();
        BOOST_TEST(response.status == 503);
        BOOST_TEST(response.header("Retry-After") == "1");
    }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(kept_answers)

BOOST_AUTO_TEST_CASE(only_what_means_something_in_a_query_is_told_apart) {
    std::vector<std::string> asked;
    Site site([&](const Request& request) { return asked.push_back(request.target), page(1); }, 1);
    for (const auto* target :
         {"/p", "/p?", "/p?x=1", "/p?a=1&b=2", "/p?b=2&x=3&a=1", "/p?a=1&b=2&a=9", "/p?%61=1&b=%32"})
        BOOST_TEST(site.get(target).status == 200);
    const std::vector<std::string> expected{"/p", "/p?a=1&b=2"};
    BOOST_TEST(asked == expected, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(hosts_are_told_apart) {
    std::atomic<int> made = 0;
    Site site([&](const Request& request) {
        ++made;
        return page(1).set("X-Host", request.host);
    });
    const auto of_host = [&](const std::string& host) {
        auto connection = site.running->connect();
        connection.send("GET / HTTP/1.1\r\nHost: " + host + "\r\n\r\n");
        return std::string(connection.read_response().header("X-Host"));
    };
    for (int i = 0; i < 2; ++i)
        for (const auto* host : {"a.example", "b.example"}) BOOST_TEST(of_host(host) == host);
    BOOST_TEST(made == 2);
}

BOOST_AUTO_TEST_CASE(nothing_personal_is_asked_with_and_nobody_known_is_answered) {
    std::atomic<int> made = 0;
    Site site([&](const Request& request) {
        ++made;
        return page(1).set("X-Known",
                           std::string(request.header("Cookie")) + std::string(request.header("Authorization")));
    });
    const std::string session = "Cookie: stele_session=1\r\n", token = "Authorization: Bearer x\r\n";
    // A page is the same for all.
    BOOST_TEST(site.get("/page", session).header("X-Known") == "");
    BOOST_TEST(site.get("/page", token).header("X-Known") == "Bearer x");
    BOOST_TEST(site.get("/page").header("X-Known") == "");
    BOOST_TEST(made == 2);
    BOOST_TEST(site.get("/api").header("X-Known") == "");
    BOOST_TEST(site.get("/api", session).header("X-Known") == "stele_session=1");
    BOOST_TEST(site.get("/api", "Cookie: theme=dark\r\n").header("X-Known") == "");
    BOOST_TEST(made == 4);
    BOOST_TEST(site.get("/own", session).header("X-Known") == "stele_session=1");
    BOOST_TEST(site.get("/own", session).header("X-Known") == "stele_session=1");
    BOOST_TEST(made == 6);
}

BOOST_AUTO_TEST_CASE(head_and_conditions_are_answered_from_what_is_kept) {
    std::atomic<int> made = 0;
    Site site([&](const Request& request) {
        BOOST_TEST(request.method == "GET");
        BOOST_TEST(!request.has_header("If-None-Match"));
        return ++made, page(1);
    });
    const auto head = site.ask("/page", "If-None-Match: \"0\"\r\n", "HEAD").read_response(true);
    BOOST_TEST(head.status == 200);
    BOOST_TEST(head.header("Content-Length") == std::to_string(long_text(1).size()));
    BOOST_TEST((site.get("/page").body == long_text(1)));
    const auto same = site.get("/page", "If-None-Match: \"1\"\r\n");
    BOOST_TEST(same.status == 304);
    BOOST_TEST(same.body == "");
    BOOST_TEST(same.header("Surrogate-Key") == "article-7 site");
    BOOST_TEST(site.get("/page", "Cache-Control: no-cache\r\n").status == 200);
    BOOST_TEST(site.ask("/page", "If-None-Match: *\r\n", "HEAD").read_response(true).status == 304);
    BOOST_TEST(made == 1);
}

BOOST_AUTO_TEST_CASE(a_time_is_named_when_its_second_is_over) {
    std::atomic<std::int64_t> micros = 1'795'320'000'500'000;
    const auto cache = std::make_shared<Cache>(1 << 20, [&] { return time_of(micros); });
    auto options = on_any_port();
    options.ready = std::make_shared<Delivery>(cache, Delivery::Options{.with_host = true, .rules = rule_of});
    const Running running([](const Request&) { return page(1); }, options);
    HttpClient client(running.server.port());
    BOOST_TEST(!client.get("/early").has_header("Last-Modified"));
    micros += 600'000;
    BOOST_TEST(client.get("/later").header("Last-Modified") == "Sun, 22 Nov 2026 04:00:00 GMT");
    cache->drop(Keys{"article-9"});
    micros += 5'000'000;
    const auto latest = client.get("/latest");
    BOOST_TEST(latest.header("Last-Modified") == "Sun, 22 Nov 2026 04:00:01 GMT");
    BOOST_TEST(client.get("/latest", {{"If-Modified-Since", "Sun, 22 Nov 2026 04:00:01 GMT"}}).status == 304);
    BOOST_TEST(client.get("/latest", {{"If-Modified-Since", "Sun, 22 Nov 2026 04:00:00 GMT"}}).status == 200);
}

BOOST_AUTO_TEST_CASE(what_was_asked_for_with_more_in_its_query_gets_all_of_it_where_nothing_is_kept) {
    Site site([](const Request& request) { return http::redirect(302, request.target); });
    BOOST_TEST(site.get("/p?x=1&a=2").header("Location") == "/p?x=1&a=2");
    BOOST_TEST(site.get("/p?a=2").header("Location") == "/p?a=2");
}

BOOST_AUTO_TEST_SUITE_END()
