// PostgreSQL that stops, hangs, refuses or vanishes while the server runs.
#include <future>

#include "tests/faults/expect.hpp"
#include "tests/faults/live_site.hpp"
#include "tests/faults/way.hpp"
#include "tests/support/postgres_cluster.hpp"

using namespace stele;
using namespace stele::testing;
using namespace std::chrono_literals;

namespace {

// The server's own database is reached over the network, by a way that the test holds; the test itself goes directly.
struct FarSite {
    Db db{db::Dialect::postgres};
    Way way{PostgresCluster::instance().socket()};
    LiveSite site{db, options()};
    test::HttpClient admin = site.client();
    const std::string path = path_of(site.about, "nb");
    const int articles = int(site.articles());

    // An immediate stop loses what only the server's memory has; so here each commit is as durable as on a real server.
    db::Options options() const {
        const auto name = db.url().substr(db.url().find("@/") + 2);
        return {.url = way.url(name.substr(0, name.find('?'))) + "?connect_timeout=2&options=-csynchronous_commit%3Don",
                .statement_timeout_ms = 700,
                .busy_timeout_ms = 1'000};
    }

    std::string etag() { return std::string(admin.get(path).header("ETag")); }
    std::string title() { return std::string(boost::json::parse(admin.get(path).body).at("title").as_string()); }
    test::HttpResponse save(test::HttpClient& client, const std::string& title, const std::string& etag) {
        return client.patch(path, boost::json::serialize(boost::json::object{{"title", title}}), {{"If-Match", etag}});
    }
    void expect_refused(const test::HttpResponse& answer, const std::string& reason) {
        expect_problem(answer, ErrorCode::storage_unavailable, reason, "nb");
    }
    // Everything works, nothing was changed but the titles that were acknowledged, and the log is clean.
    void expect_recovered(const std::string& reason) {
        const auto saved = save(admin, "Etterpå", etag());
        BOOST_TEST(saved.status == 200);
        BOOST_TEST(title() == "Etterpå");
        BOOST_TEST(admin.get("/nb/om-oss").status == 200);
        BOOST_TEST(admin.get("/readyz").status == 200);
        BOOST_TEST(site.articles() == articles);
        BOOST_TEST(site.check() == "");
        expect_log(site.log(), reason, site.token(accounts::Role::admin));
    }

    // Runs `fault` while a save waits for the row that another session holds; returns the save's answer.
    template <class Fault>
    test::HttpResponse save_during(Fault fault) {
        const auto seen = etag();
        auto client = site.client();
        std::future<test::HttpResponse> waiting;
        const auto other = db::Database::open({.url = db.url()});
        try {
            other->write([&](db::Transaction& t) {
                t->run("UPDATE article SET seq = seq WHERE id = $1", site.about);
                waiting = std::async(std::launch::async, [&] { return save(client, text_of_users, seen); });
                while (!waits_for_lock(*t)) std::this_thread::yield();
                fault(*t);
            });
        } catch (const Error&) {
            // It has met the fault, too.
        }
        return waiting.get();
    }
    static bool waits_for_lock(db::Connection& c) {
        return *c.one(
                   "SELECT COUNT(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = "
                   "current_database()",
                   [](db::Row row) { return row.integer(0); }) > 0;
    }
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(postgres_faults, FarSite, *boost::unit_test::precondition(Selected{db::Dialect::postgres}))

BOOST_AUTO_TEST_CASE(a_server_that_is_stopped_and_started_is_found_again) {
    BOOST_TEST_REQUIRE(save(admin, "Før", etag()).status == 200);
    const auto during = save_during([](db::Connection&) { PostgresCluster::instance().stop_server(); });
    expect_refused(during, "unreachable");
    expect_refused(admin.get(path), "unreachable");
    expect_refused(admin.get("/readyz"), "unreachable");
    expect_page(admin.get("/nb/om-oss"), ErrorCode::storage_unavailable, "unreachable", "nb");
    expect_refused(admin.post("/api/v1/articles", new_article("stopped", 99)), "unreachable");
    BOOST_TEST(admin.get("/healthz").status == 200);
    PostgresCluster::instance().start_server();
    BOOST_TEST(title() == "Før");
    expect_recovered("unreachable");
}

BOOST_AUTO_TEST_CASE(a_session_that_is_ended_in_the_middle_of_a_write_changes_nothing) {
    const auto before = title();
    const auto during = save_during([](db::Connection& c) {
        c.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE wait_event_type = 'Lock'", {},
                [](db::Row) {});
    });
    expect_refused(during, "unreachable");
    BOOST_TEST(title() == before);
    expect_recovered("unreachable");
}

BOOST_AUTO_TEST_CASE(a_commit_that_did_not_arrive_is_unknown_and_reading_tells) {
    const auto before = title(), seen = etag();
    way.set(Way::State::cut_before_commit);
    expect_problem(save(admin, "Ukjent", seen), ErrorCode::outcome_unknown, "", "nb");
    BOOST_TEST(title() == before);
    BOOST_TEST(etag() == seen);
    // The same again, as its author may do who has read.
    BOOST_TEST(save(admin, "Ukjent", seen).status == 200);
    expect_recovered("outcome-unknown");
}

BOOST_AUTO_TEST_CASE(a_commit_whose_answer_was_lost_is_unknown_and_reading_tells) {
    const auto seen = etag();
    way.set(Way::State::cut_after_commit);
    expect_problem(save(admin, "Ukjent", seen), ErrorCode::outcome_unknown, "", "nb");
    BOOST_TEST(title() == "Ukjent");
    const auto now = etag();
    BOOST_TEST(now != seen);
    // Who repeats it nevertheless does no harm: it is there already.
    BOOST_TEST(save(admin, "Ukjent", seen).status == 200);
    BOOST_TEST(etag() == now);
    expect_recovered("outcome-unknown");
}

BOOST_AUTO_TEST_CASE(a_statement_that_takes_too_long_is_ended_and_changes_nothing) {
    const auto before = title();
    // Held until the statement that waits for it has been ended.
    const auto during = save_during([](db::Connection& c) {
        while (waits_for_lock(c)) std::this_thread::yield();
    });
    expect_refused(during, "timeout");
    BOOST_TEST(title() == before);
    expect_recovered("timeout");
}

BOOST_AUTO_TEST_CASE(a_network_that_falls_silent_holds_nobody_for_ever) {
    const auto before = title(), seen = etag();
    way.set(Way::State::silent);
    auto writer = site.client();
    auto writing = std::async(std::launch::async, [&] { return save(writer, "Taus", seen); });
    expect_refused(admin.get(path), "unreachable");
    expect_refused(writing.get(), "unreachable");
    BOOST_TEST(admin.get("/healthz").status == 200);
    way.set(Way::State::open);
    BOOST_TEST(title() == before);
    expect_recovered("unreachable");
}

// What a server answers that became a standby; there, too, the whole database is meant and not one session.
BOOST_AUTO_TEST_CASE(a_server_that_takes_no_writes_says_so_until_it_does) {
    const auto before = title(), seen = etag();
    const auto own = db::Database::open({.url = db.url()});
    const auto set = [&](const std::string& value) {
        own->write([&](db::Transaction& t) {
            t->run("SET TRANSACTION READ WRITE");
            const auto name = *t->one("SELECT current_database()", [](db::Row row) { return row.text(0); });
            t->run("ALTER DATABASE \"" + name + "\" SET default_transaction_read_only = " + value);
        });
    };
    set("on");
    site.app.database = db::Database::open(options());
    expect_refused(save(admin, text_of_users, seen), "read-only");
    expect_refused(admin.post("/api/v1/articles", new_article("standby", 99)), "read-only");
    BOOST_TEST(title() == before);
    BOOST_TEST(admin.get("/nb/om-oss").status == 200);
    set("off");
    expect_recovered("read-only");
}

BOOST_AUTO_TEST_CASE(with_few_connections_to_have_those_that_are_there_do) {
    const auto own = db::Database::open({.url = db.url()});
    own->write([](db::Transaction& t) {
        t->run("CREATE ROLE guest LOGIN CONNECTION LIMIT 3");
        t->run("GRANT ALL ON ALL TABLES IN SCHEMA public TO guest");
        t->run("GRANT ALL ON ALL SEQUENCES IN SCHEMA public TO guest");
    });
    auto url = db.url();
    site.app.database = db::Database::open({.url = url.replace(url.find("stele@"), 5, "guest")});
    BOOST_TEST(save(admin, "Først", etag()).status == 200);
    std::vector<std::future<int>> readers;
    for (int n = 0; n < 16; ++n)
        readers.push_back(std::async(std::launch::async, [&] {
            auto client = site.client();
            int found = 0;
            for (int i = 0; i < 20; ++i) found += client.get("/nb/om-oss").status == 200;
            return found;
        }));
    for (auto& reader : readers) BOOST_TEST(reader.get() == 20);
    BOOST_TEST(save(admin, "Sist", etag()).status == 200);
    site.app.database = db::Database::open({.url = db.url()});
    own->write([](db::Transaction& t) {
        t->run("DROP OWNED BY guest");
        t->run("DROP ROLE guest");
    });
}

BOOST_AUTO_TEST_SUITE_END()
