#include <future>
#include <latch>
#include <thread>

#include "tests/unit/db/table.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

struct PostgresTest {
    Db db{db::Dialect::postgres, Schema::empty};
    PostgresTest() { make_table(db); }
};

std::int64_t backend_of(db::Connection& connection) {
    return *connection.one("SELECT pg_backend_pid()", [](db::Row r) { return r.integer(0); });
}

void kill_backend(db::Connection& by, std::int64_t backend) {
    // Waits until it is gone.
    by.run("SELECT pg_terminate_backend(" + std::to_string(backend) + ", 10000)");
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(postgres, PostgresTest, *boost::unit_test::precondition(Selected{db::Dialect::postgres}))

BOOST_AUTO_TEST_CASE(connections_that_were_lost_while_idle_are_opened_anew) {
    add_item(db, 1);
    count_items(db);
    Db other(db::Dialect::postgres, Schema::empty);
    for (int round = 0; round < 3; ++round) {
        const auto reading = db->reading([](db::Connection& c) { return backend_of(c); });
        const auto writing = db->writing([](db::Transaction& t) { return backend_of(*t); });
        other->read([&](db::Connection& c) {
            kill_backend(c, reading);
            kill_backend(c, writing);
        });
        BOOST_TEST(count_items(db) == 1 + round);
        add_item(db, 2 + round);
    }
}

BOOST_AUTO_TEST_CASE(a_connection_lost_inside_a_write_changes_nothing_and_the_next_write_works) {
    Db other(db::Dialect::postgres, Schema::empty);
    BOOST_CHECK_EXCEPTION(db->write([&](db::Transaction& t) {
        t->run("INSERT INTO item (id) VALUES (1)");
        const auto backend = backend_of(*t);
        other->read([&](db::Connection& c) { kill_backend(c, backend); });
        t->run("INSERT INTO item (id) VALUES (2)");
    }),
                          Error, has_code(ErrorCode::storage_unavailable, "unreachable"));
    BOOST_TEST(count_items(db) == 0);
    add_item(db, 3);
    BOOST_TEST(count_items(db) == 1);
}

BOOST_AUTO_TEST_CASE(a_commit_whose_answer_is_lost_is_unknown_and_not_repeated) {
    Db other(db::Dialect::postgres, Schema::empty);
    int ran = 0;
    bool acted = false;
    BOOST_CHECK_EXCEPTION(db->write([&](db::Transaction& t) {
        ++ran;
        t->run("INSERT INTO item (id) VALUES (1)");
        t.after_commit([&] { acted = true; });
        const auto backend = backend_of(*t);
        other->read([&](db::Connection& c) { kill_backend(c, backend); });
    }),
                          Error, has_code(ErrorCode::outcome_unknown, ""));
    BOOST_TEST(ran == 1);
    BOOST_TEST(!acted);
    add_item(db, 2);
}

BOOST_AUTO_TEST_CASE(a_deadlock_is_tried_again) {
    add_item(db, 1);
    add_item(db, 2);
    std::latch both_hold_one(2);
    std::atomic<int> ran = 0;
    const auto lock_both = [&](std::int64_t first, std::int64_t second) {
        bool waited = false;
        db->write([&](db::Transaction& t) {
            ++ran;
            const auto touch = "UPDATE item SET n = COALESCE(n, 0) + 1 WHERE id = $1";
            t->run(touch, first);
            if (!std::exchange(waited, true)) both_hold_one.arrive_and_wait();
            t->run(touch, second);
        });
    };
    auto one = std::async(std::launch::async, lock_both, 1, 2);
    auto two = std::async(std::launch::async, lock_both, 2, 1);
    one.get();
    two.get();
    BOOST_TEST(ran == 3);
    BOOST_TEST(db->reading([](db::Connection& c) {
        return *c.one("SELECT SUM(n) FROM item", [](db::Row r) { return r.integer(0); });
    }) == 4);
}

BOOST_AUTO_TEST_CASE(a_write_that_never_serializes_ends_busy) {
    int ran = 0;
    BOOST_CHECK_EXCEPTION(db->write([&](db::Transaction& t) {
        ++ran;
        t->run("DO $$ BEGIN RAISE SQLSTATE '40001'; END $$");
    }),
                          Error, has_code(ErrorCode::storage_unavailable, "busy"));
    BOOST_TEST(ran > 1);
    BOOST_TEST(ran < 20);
    add_item(db, 1);
}

BOOST_AUTO_TEST_CASE(writers_of_one_row_queue_and_lose_nothing) {
    add_item(db, 1);
    db->write([](db::Transaction& t) { t->run("UPDATE item SET n = 0"); });
    std::vector<std::thread> threads;
    for (int thread = 0; thread < 12; ++thread)
        threads.emplace_back([&] {
            for (int i = 0; i < 20; ++i)
                db->write([](db::Transaction& t) {
                    const auto n = *t->one("UPDATE item SET n = n + 1 WHERE id = 1 RETURNING n",
                                           [](db::Row r) { return r.integer(0); });
                    t->run("INSERT INTO item (id, n) VALUES ($1, $2)", n + 100, n);
                });
        });
    for (auto& thread : threads) thread.join();
    BOOST_TEST(count_items(db) == 12 * 20 + 1);
}

BOOST_AUTO_TEST_CASE(a_server_that_is_not_there_is_unreachable) {
    for (const std::string url : {"postgresql://stele@/x?host=/nowhere", "postgresql:host=/nowhere dbname=x"}) {
        db::Options options;
        options.url = url;
        BOOST_CHECK_EXCEPTION(db::Database::open(options), Error,
                              has_code(ErrorCode::storage_unavailable, "unreachable"));
    }
}

BOOST_AUTO_TEST_CASE(a_backup_is_left_to_its_own_tools) {
    BOOST_CHECK_EXCEPTION(db->backup_to("/nowhere"), Error, has_code(ErrorCode::conflict, "use-pg-dump"));
}

BOOST_AUTO_TEST_SUITE_END()
