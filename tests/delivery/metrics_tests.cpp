// /metrics as Prometheus reads it, from a server that serves the site of the tests.
#include <boost/test/unit_test.hpp>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>

#include "server/delivery/cache.hpp"
#include "server/delivery/delivery.hpp"
#include "server/delivery/invalidation.hpp"
#include "server/http/server.hpp"
#include "server/metrics/kinds.hpp"
#include "server/routes.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/test_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

constexpr auto token = "a token of the tests";
const test::Headers watcher{{"Authorization", std::string("Bearer ") + token}};

struct Served {
    explicit Served(Db& db) : site(db) {
        site.app.options.metrics_token = token;
        site.app.cache = std::make_shared<delivery::Cache>(1 << 20, site.app.now);
        invalidation.emplace(site.app);
        http::Options options{.listen = "127.0.0.1:0", .loops = 2, .workers = 2};
        options.ready = delivery::delivery_of(site.app);
        server.emplace(std::move(options),
                       [this](const http::Request& request) { return dispatch(site.app, request); });
        site.app.front = &*server;
        site.app.invalidation = &*invalidation;
        server->start();
        client.emplace(server->port());
    }
    // The value of the line that begins so; -1 where there is none.
    double figure(const std::string& line) {
        const auto text = "\n" + client->get("/metrics", watcher).body;
        const auto at = text.find("\n" + line + " ");
        if (at == std::string::npos) return -1;
        return std::stod(text.substr(at + line.size() + 2));
    }

    TestSite site;
    std::optional<delivery::Invalidation> invalidation;
    std::optional<http::Server> server;
    std::optional<test::HttpClient> client;
};

// Of series: what a query names before it says which.
std::set<std::string> names_in(const std::string& text) {
    std::set<std::string> names;
    const std::regex name("\\b(stele|process)_[a-z_]+");
    for (auto found = std::sregex_iterator(text.begin(), text.end(), name); found != std::sregex_iterator(); ++found)
        names.insert(found->str());
    return names;
}

std::string text_of(const std::string& file) {
    std::ifstream in(file);
    return {std::istreambuf_iterator<char>(in), {}};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(metrics_page)

STELE_ON_BOTH_DATABASES(is_for_whoever_shows_the_token) {
    TestSite site(db);
    BOOST_TEST(site.call("GET", "/metrics").status == 404);
    BOOST_TEST(site.call("GET", "/metrics", site.token(accounts::Role::admin)).status == 404);
    site.app.options.metrics_token = token;
    const auto guest = site.call("GET", "/metrics");
    BOOST_TEST(guest.status == 401);
    BOOST_TEST(guest.header("WWW-Authenticate").starts_with("Bearer"));
    BOOST_TEST(site.call("GET", "/metrics", site.token(accounts::Role::admin)).status == 401);
    const auto answer = site.call("GET", "/metrics", token);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.header("Content-Type") == "text/plain; version=0.0.4; charset=utf-8");
    BOOST_TEST(answer.header("Cache-Control") == "no-store");
}

STELE_ON_BOTH_DATABASES(counts_answers_by_route_language_and_status) {
    Served served(db);
    auto& client = *served.client;
    const auto page = client.get("/en/about");
    BOOST_REQUIRE(page.status == 200);
    client.get("/en/about");
    client.get("/en/about", {{"If-None-Match", std::string(page.header("ETag"))}});
    client.get("/en/no-such-page");
    client.get("/somewhere/else/entirely");
    const auto counted = [&](const std::string& route, const std::string& locale, int status) {
        return served.figure("stele_http_requests_total{method=\"GET\",route=\"" + route + "\",locale=\"" + locale +
                             "\",status=\"" + std::to_string(status) + "\"}");
    };
    BOOST_TEST(counted("/{locale}/{slug}", "en", 200) == 2);
    BOOST_TEST(counted("/{locale}/{slug}", "en", 304) == 1);
    BOOST_TEST(counted("/{locale}/{slug}", "en", 404) == 1);
    BOOST_TEST(served.figure("stele_http_hits_total{method=\"GET\",route=\"/{locale}/{slug}\"}") == 2);
    BOOST_TEST(served.figure("stele_http_request_duration_seconds_count{method=\"GET\",route=\"/{locale}/{slug}\"}") ==
               4);
    BOOST_TEST(served.figure("stele_http_requests_total{method=\"other\",route=\"none\",locale=\"\",status=\"404\"}") ==
               1);
    BOOST_TEST(served.figure("stele_cache_hits_total") == 2);
    BOOST_TEST(served.figure("stele_http_connections") == 1);
}

STELE_ON_BOTH_DATABASES(tells_what_is_left_to_do) {
    Served served(db);
    BOOST_TEST(served.figure("stele_editions{locale=\"ar\",state=\"untranslated\"}") == 3);
    BOOST_TEST(served.figure("stele_editions{locale=\"nb\",state=\"source\"}") == 1);
    BOOST_TEST(served.figure("stele_db_up") == 1);
    BOOST_TEST(served.figure("stele_change_position") == served.figure("stele_follower_position"));
}

STELE_ON_BOTH_DATABASES(has_every_figure_of_the_dashboard) {
    Served served(db);
    served.client->get("/en/about");
    const auto there = names_in(served.client->get("/metrics", watcher).body);
    const auto wanted = names_in(text_of(STELE_SOURCE_DIR "/config/grafana/stele.json"));
    BOOST_TEST(wanted.size() > 15U);
    for (const auto& name : wanted) BOOST_TEST(there.contains(name), name);
}

BOOST_AUTO_TEST_CASE(what_clients_ask_for_cannot_make_it_grow_without_end) {
    metrics::Kinds kinds;
    const auto page = kinds.of("GET", "/{locale}/{slug}", "");
    std::set<http::Kind> given;
    for (int i = 0; i < 3'000; ++i) given.insert(kinds.of("GET", "/{locale}/{slug}", "x-" + std::to_string(i)));
    BOOST_TEST(given.size() < http::kinds);
    BOOST_TEST(given.contains(page));  // where there was no room for a language more
    BOOST_TEST((kinds.of("GET", "/{locale}/{slug}", "") == page));
    BOOST_REQUIRE(kinds.find(page));
    BOOST_TEST((*kinds.find(page) == metrics::Kinds::Name{"GET", "/{locale}/{slug}", ""}));
    BOOST_TEST(!kinds.find(0));
}

BOOST_AUTO_TEST_SUITE_END()
