#include <future>
#include <thread>

#include "tests/unit/db/table.hpp"

using namespace stele;
using namespace stele::testing;

BOOST_AUTO_TEST_SUITE(transactions)

STELE_ON_BOTH_EMPTY_DATABASES(what_a_body_throws_is_rethrown_and_nothing_is_changed) {
    make_table(db);
    const auto body = [](db::Transaction& t) {
        t->run("INSERT INTO item (id) VALUES ($1)", 1);
        throw std::runtime_error("mine");
    };
    BOOST_CHECK_EXCEPTION(db->write(body), std::runtime_error,
                          [](const auto& e) { return std::string(e.what()) == "mine"; });
    BOOST_TEST(count_items(db) == 0);
    BOOST_TEST(db->rows_written() == 0);
}

STELE_ON_BOTH_EMPTY_DATABASES(a_failed_statement_ends_the_transaction) {
    make_table(db);
    add_item(db, 1);
    BOOST_CHECK_EXCEPTION(db->write([](db::Transaction& t) {
        t->run("INSERT INTO item (id) VALUES ($1)", 2);
        BOOST_CHECK_EXCEPTION(t->run("INSERT INTO item (id) VALUES ($1)", 1), Error,
                              has_code(ErrorCode::internal, "statement"));
        BOOST_CHECK_EXCEPTION(t->run("INSERT INTO item (id) VALUES ($1)", 3), Error,
                              has_code(ErrorCode::internal, "transaction-ended"));
    }),
                          Error, has_code(ErrorCode::internal, "statement"));
    BOOST_TEST(count_items(db) == 1);
    add_item(db, 4);
    BOOST_TEST(count_items(db) == 2);
}

STELE_ON_BOTH_EMPTY_DATABASES(wrong_statements_are_faults_of_ours) {
    make_table(db);
    const auto wrong = has_code(ErrorCode::internal, "statement");
    const auto write = [&](std::string sql, std::vector<db::Value> values) {
        db->write([&](db::Transaction& t) { t->execute(sql, values); });
    };
    BOOST_CHECK_EXCEPTION(write("INSERT INTO nowhere (id) VALUES ($1)", {std::int64_t{1}}), Error, wrong);
    BOOST_CHECK_EXCEPTION(write("INSERT INTO item (id) VALUES ($1)", {}), Error, wrong);
    if (db.dialect() == db::Dialect::sqlite)  // PostgreSQL lets a declared parameter be unused
        BOOST_CHECK_EXCEPTION(write("DELETE FROM item", {std::int64_t{1}}), Error, wrong);
    BOOST_CHECK_EXCEPTION(write("INSERT INTO item (id, n) VALUES ($1, $3)", {std::int64_t{1}, std::int64_t{2}}), Error,
                          wrong);
    BOOST_CHECK_EXCEPTION(write("DELETE FROM item; DELETE FROM item", {}), Error, wrong);
    BOOST_CHECK_EXCEPTION(write("INSERT INTO item (t) VALUES ($1)", {std::string("a\0b", 3)}), Error,
                          has_code(ErrorCode::internal, "nul-in-text"));
    BOOST_TEST(count_items(db) == 0);
}

STELE_ON_BOTH_EMPTY_DATABASES(an_expected_collision_is_no_failure) {
    make_table(db);
    add_item(db, 1);
    db->write([](db::Transaction& t) {
        const auto sql = "INSERT INTO item (id) VALUES ($1) ON CONFLICT DO NOTHING RETURNING id";
        const auto id = [](db::Row r) { return r.integer(0); };
        BOOST_TEST(!t->one(sql, id, 1).has_value());
        BOOST_TEST(*t->one(sql, id, 2) == 2);
    });
    BOOST_TEST(count_items(db) == 2);
}

STELE_ON_BOTH_EMPTY_DATABASES(changed_rows_are_counted) {
    make_table(db);
    db->write([](db::Transaction& t) {
        BOOST_TEST(t->run("INSERT INTO item (id, n) VALUES (1, 1), (2, 1), (3, 2)") == 3);
        BOOST_TEST(t->run("UPDATE item SET n = 5 WHERE n = $1", 1) == 2);
        BOOST_TEST(t->run("UPDATE item SET n = 5 WHERE n = $1", 9) == 0);
        BOOST_TEST(t->run("SELECT n FROM item") == 0);
        BOOST_TEST(t->all(
                        "DELETE FROM item WHERE id > $1 RETURNING id", [](db::Row r) { return r.integer(0); }, 1)
                       .size() == 2u);
    });
    BOOST_TEST(db->rows_written() == 7);
}

STELE_ON_BOTH_EMPTY_DATABASES(actions_run_after_the_commit_on_the_callers_thread) {
    make_table(db);
    std::thread::id ran_on;
    std::int64_t seen = -1;
    db->write([&](db::Transaction& t) {
        t->run("INSERT INTO item (id) VALUES (1)");
        t.after_commit([&] {
            ran_on = std::this_thread::get_id();
            seen = count_items(db);
        });
    });
    BOOST_TEST((ran_on == std::this_thread::get_id()));
    BOOST_TEST(seen == 1);
    bool ran = false;
    BOOST_CHECK_THROW(db->write([&](db::Transaction& t) {
        t.after_commit([&] { ran = true; });
        throw std::runtime_error("no");
    }),
                      std::runtime_error);
    BOOST_TEST(!ran);
}

STELE_ON_BOTH_EMPTY_DATABASES(a_write_inside_a_write_is_refused) {
    make_table(db);
    BOOST_CHECK_EXCEPTION(db->write([&](db::Transaction&) { add_item(db, 1); }), Error,
                          has_code(ErrorCode::internal, "nested-write"));
    add_item(db, 1);
}

STELE_ON_BOTH_EMPTY_DATABASES(all_reads_of_a_body_see_one_snapshot) {
    make_table(db);
    add_item(db, 1);
    db->read([&](db::Connection& c) {
        const auto count = [&] { return *c.one("SELECT COUNT(*) FROM item", [](db::Row r) { return r.integer(0); }); };
        BOOST_TEST(count() == 1);
        std::async(std::launch::async, [&] { add_item(db, 2); }).get();
        BOOST_TEST(count() == 1);
    });
    BOOST_TEST(count_items(db) == 2);
}

STELE_ON_BOTH_EMPTY_DATABASES(a_read_inside_a_read_sees_its_snapshot) {
    make_table(db);
    add_item(db, 1);
    db->read([&](db::Connection&) {
        BOOST_TEST(count_items(db) == 1);
        std::thread([&] { add_item(db, 2); }).join();
        BOOST_TEST(count_items(db) == 1);
        BOOST_CHECK_THROW(db->read([](db::Connection&) { throw std::runtime_error("mine"); }), std::runtime_error);
        BOOST_TEST(count_items(db) == 1);
    });
    BOOST_TEST(count_items(db) == 2);
}

STELE_ON_BOTH_EMPTY_DATABASES(a_reader_cannot_write) {
    make_table(db);
    BOOST_CHECK_EXCEPTION(db->read([](db::Connection& c) { c.run("INSERT INTO item (id) VALUES (1)"); }), Error,
                          has_code(ErrorCode::storage_unavailable, "read-only"));
    BOOST_TEST(count_items(db) == 0);
}

STELE_ON_BOTH_EMPTY_DATABASES(a_statement_may_run_inside_its_own_rows) {
    make_table(db);
    for (int id = 1; id <= 3; ++id) add_item(db, id);
    int pairs = 0;
    db->read([&](db::Connection& c) {
        const std::string sql = "SELECT id FROM item";
        c.query(sql, {}, [&](db::Row outer) {
            c.query(sql, {}, [&](db::Row inner) { pairs += outer.integer(0) * 10 + inner.integer(0) > 0; });
        });
    });
    BOOST_TEST(pairs == 9);
}

STELE_ON_BOTH_EMPTY_DATABASES(more_statements_than_are_kept) {
    make_table(db);
    db->read([&](db::Connection& c) {
        for (int round = 0; round < 2; ++round)
            for (int n = 0; n < 600; ++n)
                BOOST_TEST_REQUIRE(*c.one(
                                       "SELECT $1 + " + std::to_string(n), [](db::Row r) { return r.integer(0); }, 1) ==
                                   n + 1);
    });
}

STELE_ON_BOTH_EMPTY_DATABASES(more_readers_than_connections_wait_for_their_turn) {
    make_table(db);
    add_item(db, 1);
    std::vector<std::future<std::int64_t>> readers;
    for (int i = 0; i < 16; ++i) readers.push_back(std::async(std::launch::async, [&] { return count_items(db); }));
    for (auto& reader : readers) BOOST_TEST(reader.get() == 1);
}

namespace {

db::Options with_timeouts(int statement_ms, int busy_ms, int readers = 4) {
    db::Options options;
    options.statement_timeout_ms = statement_ms;
    options.busy_timeout_ms = busy_ms;
    options.readers = readers;
    return options;
}

constexpr auto endless =
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers) SELECT COUNT(*) FROM numbers";

}  // namespace

STELE_ON_BOTH_EMPTY_DATABASES(a_statement_that_takes_too_long_is_stopped) {
    make_table(db);
    db.reopen(with_timeouts(50, 5'000));
    const auto timeout = has_code(ErrorCode::storage_unavailable, "timeout");
    BOOST_CHECK_EXCEPTION(db->read([](db::Connection& c) { c.run(endless); }), Error, timeout);
    BOOST_CHECK_EXCEPTION(db->write([](db::Transaction& t) {
        t->run("INSERT INTO item (id) VALUES (1)");
        t->run(endless);
    }),
                          Error, timeout);
    BOOST_TEST(count_items(db) == 0);
    add_item(db, 1);
}

STELE_ON_BOTH_EMPTY_DATABASES(who_waits_too_long_for_a_reader_is_told_busy) {
    make_table(db);
    db.reopen(with_timeouts(30'000, 20, 1));
    db->read([&](db::Connection&) {
        std::thread([&] {
            BOOST_CHECK_EXCEPTION(count_items(db), Error, has_code(ErrorCode::storage_unavailable, "busy"));
        }).join();
    });
    BOOST_TEST(count_items(db) == 0);
}

BOOST_AUTO_TEST_CASE(an_unknown_kind_of_url_is_refused) {
    db::Options options;
    options.url = "mysql://somewhere";
    BOOST_CHECK_EXCEPTION(db::Database::open(options), Error, has_code(ErrorCode::internal, "database-url"));
}

BOOST_AUTO_TEST_SUITE_END()
