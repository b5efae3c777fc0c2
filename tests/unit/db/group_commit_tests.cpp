// The one writer of SQLite. A batch is made by letting one write wait until the others have queued behind it.
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <future>
#include <thread>

#include "src/db/sqlite/database.hpp"
#include "tests/unit/db/table.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

struct WriterTest {
    Db db{db::Dialect::sqlite, Schema::empty};
    WriterTest() { make_table(db); }

    size_t waiting() { return dynamic_cast<db::sqlite::SqliteDatabase&>(*db).writes_waiting(); }

    // Runs the bodies as one batch, in their order; each future has what its caller got.
    std::vector<std::future<void>> as_one_batch(const std::vector<std::function<void(db::Transaction&)>>& bodies) {
        std::promise<void> started, go_on;
        auto first = std::async(std::launch::async, [&] {
            db->write([&](db::Transaction&) {
                started.set_value();
                go_on.get_future().wait();
            });
        });
        started.get_future().wait();
        std::vector<std::future<void>> answers;
        for (const auto& body : bodies) {
            answers.push_back(std::async(std::launch::async, [this, body] { db->write(body); }));
            while (waiting() < answers.size()) std::this_thread::yield();
        }
        go_on.set_value();
        first.get();
        for (auto& answer : answers) answer.wait();
        return answers;
    }
};

std::function<void(db::Transaction&)> adds(std::int64_t id) {
    return [id](db::Transaction& t) { t->run("INSERT INTO item (id) VALUES ($1)", id); };
}

constexpr auto endless =
    "WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers)"
    " INSERT INTO item (n) SELECT COUNT(*) FROM numbers";

// No file of this process grows beyond its size now, as on a full disk; SQLite gets EFBIG from write().
class FullDisk {
  public:
    explicit FullDisk(rlim_t bytes) {
        before_ = signal(SIGXFSZ, SIG_IGN);
        getrlimit(RLIMIT_FSIZE, &limit_);
        const rlimit small{bytes, limit_.rlim_max};
        setrlimit(RLIMIT_FSIZE, &small);
    }
    ~FullDisk() {
        setrlimit(RLIMIT_FSIZE, &limit_);
        signal(SIGXFSZ, before_);
    }
    FullDisk(const FullDisk&) = delete;
    FullDisk& operator=(const FullDisk&) = delete;

  private:
    rlimit limit_{};
    sighandler_t before_;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(group_commit, WriterTest, *boost::unit_test::precondition(Selected{db::Dialect::sqlite}))

BOOST_AUTO_TEST_CASE(many_threads_write_and_each_write_is_there) {
    constexpr int threads = 16, each = 100;
    std::vector<std::thread> running;
    std::atomic<int> actions = 0;
    for (int thread = 0; thread < threads; ++thread)
        running.emplace_back([&, thread] {
            for (int i = 0; i < each; ++i)
                db->write([&](db::Transaction& t) {
                    adds(thread * each + i)(t);
                    t.after_commit([&] { ++actions; });
                });
        });
    for (auto& thread : running) thread.join();
    BOOST_TEST(count_items(db) == threads * each);
    BOOST_TEST(actions == threads * each);
    BOOST_TEST(db->rows_written() == threads * each);
}

BOOST_AUTO_TEST_CASE(a_commit_is_counted_by_the_writes_it_holds) {
    const auto before = db->activity();
    as_one_batch({adds(1), adds(2), adds(3), adds(4), adds(5)});
    const auto after = db->activity();
    BOOST_TEST(after.commits - before.commits == 2);
    BOOST_TEST(after.commits_by_writes[0] - before.commits_by_writes[0] == 1);  // the one that held the others up
    BOOST_TEST(after.commits_by_writes[3] - before.commits_by_writes[3] == 1);  // 5 to 8
    BOOST_TEST(after.writes - before.writes == 6);
}

BOOST_AUTO_TEST_CASE(one_that_throws_does_not_hurt_the_others) {
    auto answers = as_one_batch({adds(1),
                                 [](db::Transaction& t) {
                                     adds(2)(t);
                                     throw std::runtime_error("mine");
                                 },
                                 [](db::Transaction& t) { t->run("INSERT INTO nowhere VALUES (1)"); }, adds(4)});
    answers[0].get();
    BOOST_CHECK_THROW(answers[1].get(), std::runtime_error);
    BOOST_CHECK_EXCEPTION(answers[2].get(), Error, has_code(ErrorCode::internal, "statement"));
    answers[3].get();
    BOOST_TEST(db->reading([](db::Connection& c) {
        return c.all("SELECT id FROM item ORDER BY id", [](db::Row r) { return r.integer(0); });
    }) == (std::vector<std::int64_t>{1, 4}),
               boost::test_tools::per_element());
    BOOST_TEST(db->rows_written() == 2);
}

// An interrupted INSERT rolls back the whole transaction (sqlite3_interrupt): the others' writes with it.
BOOST_AUTO_TEST_CASE(when_the_batch_is_gone_each_write_runs_again_and_gets_its_own_answer) {
    db::Options options;
    options.statement_timeout_ms = 100;
    db.reopen(options);
    std::atomic<int> first_ran = 0, last_ran = 0;
    auto answers = as_one_batch({[&](db::Transaction& t) {
                                     ++first_ran;
                                     adds(1)(t);
                                 },
                                 [](db::Transaction& t) {
                                     adds(2)(t);
                                     t->run(endless);
                                 },
                                 [&](db::Transaction& t) {
                                     ++last_ran;
                                     adds(3)(t);
                                 }});
    answers[0].get();
    BOOST_CHECK_EXCEPTION(answers[1].get(), Error, has_code(ErrorCode::storage_unavailable, "timeout"));
    answers[2].get();
    BOOST_TEST(first_ran == 2);
    BOOST_TEST(last_ran == 1);
    BOOST_TEST(count_items(db) == 2);
}

BOOST_AUTO_TEST_CASE(a_commit_that_fails_acknowledges_nobody) {
    const auto file = db.url().substr(std::string("sqlite:").size());
    const auto large = [](std::int64_t id) {
        return [id](db::Transaction& t) {
            t->run("INSERT INTO item (id, b) VALUES ($1, $2)", id, db::Bytes{std::string(1 << 20, 'x')});
        };
    };
    {
        const FullDisk full(std::filesystem::file_size(file + "-wal") + 100'000);
        auto answers = as_one_batch({large(1), [](db::Transaction&) { throw std::runtime_error("mine"); }, large(2)});
        for (auto& answer : answers) {
            try {
                answer.get();
                BOOST_ERROR("acknowledged");
            } catch (const Error& error) {
                BOOST_TEST((error.code() == ErrorCode::storage_unavailable), error.what());
            }
        }
    }
    BOOST_TEST(count_items(db) == 0);
    BOOST_TEST(db->rows_written() == 0);
    db->write(large(3));
    BOOST_TEST(count_items(db) == 1);
}

BOOST_AUTO_TEST_CASE(of_a_group_only_those_fail_that_break_a_rule_throw_or_find_no_room) {
    const auto large = [](db::Transaction& t) {
        t->run("INSERT INTO item (b) VALUES ($1)", db::Bytes{std::string(1 << 20, 'x')});
    };
    db->write([](db::Transaction& t) { t->query("PRAGMA max_page_count = 20", {}, [](db::Row) {}); });
    auto answers = as_one_batch({adds(1), adds(1),
                                 [](db::Transaction& t) {
                                     adds(2)(t);
                                     throw std::runtime_error("mine");
                                 },
                                 adds(3),
                                 [&](db::Transaction& t) {
                                     adds(4)(t);
                                     large(t);
                                 },
                                 adds(5)});
    answers[0].get();
    BOOST_CHECK_EXCEPTION(answers[1].get(), Error, has_code(ErrorCode::internal, "statement"));
    BOOST_CHECK_THROW(answers[2].get(), std::runtime_error);
    answers[3].get();
    BOOST_CHECK_EXCEPTION(answers[4].get(), Error, has_code(ErrorCode::storage_unavailable, "disk-full"));
    answers[5].get();
    BOOST_TEST(db->reading([](db::Connection& c) {
        return c.all("SELECT id FROM item ORDER BY id", [](db::Row r) { return r.integer(0); });
    }) == (std::vector<std::int64_t>{1, 3, 5}),
               boost::test_tools::per_element());
    BOOST_TEST(db->rows_written() == 3);
}

BOOST_AUTO_TEST_CASE(a_full_database_says_so_and_works_again_when_there_is_room) {
    const auto limit = [&](std::int64_t pages) {
        db->write([&](db::Transaction& t) {
            t->query("PRAGMA max_page_count = " + std::to_string(pages), {}, [](db::Row) {});
        });
    };
    const auto add_large = [&] {
        db->write([](db::Transaction& t) {
            t->run("INSERT INTO item (b) VALUES ($1)", db::Bytes{std::string(1 << 20, 'x')});
        });
    };
    limit(20);
    BOOST_CHECK_EXCEPTION(add_large(), Error, has_code(ErrorCode::storage_unavailable, "disk-full"));
    add_item(db, 1);
    BOOST_TEST(count_items(db) == 1);
    limit(1'000'000);
    add_large();
    BOOST_TEST(count_items(db) == 2);
}

BOOST_AUTO_TEST_SUITE_END()
