#include <filesystem>
#include <fstream>
#include <future>
#include <thread>

#include "tests/unit/db/table.hpp"

using namespace stele;
using namespace stele::testing;
namespace fs = std::filesystem;

namespace {

struct SqliteTest {
    Db db{db::Dialect::sqlite, Schema::empty};
    fs::path file = db.url().substr(std::string("sqlite:").size());
    SqliteTest() { make_table(db); }
};

std::unique_ptr<db::Database> open_at(const std::string& url) {
    db::Options options;
    options.url = url;
    options.busy_timeout_ms = 20;
    return db::Database::open(options);
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(sqlite, SqliteTest, *boost::unit_test::precondition(Selected{db::Dialect::sqlite}))

BOOST_AUTO_TEST_CASE(what_is_written_is_there_after_opening_again) {
    add_item(db, 1);
    db.close();
    BOOST_TEST(!fs::exists(file.string() + "-wal"));
    db.reopen();
    BOOST_TEST(count_items(db) == 1);
}

BOOST_AUTO_TEST_CASE(a_file_that_is_away_is_not_made_anew_and_is_found_when_it_is_back) {
    add_item(db, 1);
    db.close();
    db.reopen();
    const auto away = file.string() + ".away";
    for (const std::string ending : {"", "-wal", "-shm"})
        if (fs::exists(file.string() + ending)) fs::rename(file.string() + ending, away + ending);
    BOOST_CHECK_EXCEPTION(count_items(db), Error, has_code(ErrorCode::storage_unavailable, "unreachable"));
    BOOST_TEST(!fs::exists(file));
    for (const std::string ending : {"", "-wal", "-shm"})
        if (fs::exists(away + ending)) fs::rename(away + ending, file.string() + ending);
    BOOST_TEST(count_items(db) == 1);
}

BOOST_AUTO_TEST_CASE(commits_are_durable) {
    db->write([](db::Transaction& t) {
        BOOST_TEST(*t->one("PRAGMA synchronous", [](db::Row r) { return r.integer(0); }) == 2);
        BOOST_TEST(*t->one("PRAGMA journal_mode", [](db::Row r) { return r.text(0); }) == "wal");
    });
}

BOOST_AUTO_TEST_CASE(the_url_may_have_slashes_and_memory_leaves_nothing) {
    BOOST_TEST(count_items(*open_at("sqlite://" + file.string())) == 0);
    fs::path place;
    {
        const auto memory = open_at("sqlite::memory:");
        make_table(*memory);
        add_item(*memory, 1);
        BOOST_TEST(count_items(*memory) == 1);
        place = memory->reading([](db::Connection& c) {
            return *c.one("SELECT file FROM pragma_database_list", [](db::Row r) { return r.text(0); });
        });
        BOOST_TEST(fs::exists(place));
    }
    BOOST_TEST(!fs::exists(place.parent_path()));
}

BOOST_AUTO_TEST_CASE(a_file_that_cannot_be_opened_is_unreachable_and_one_that_is_no_database_is_io) {
    BOOST_CHECK_EXCEPTION(open_at("sqlite:/nowhere/at/all.db"), Error,
                          has_code(ErrorCode::storage_unavailable, "unreachable"));
    const auto other = file.parent_path() / "other.txt";
    std::ofstream(other) << std::string(5000, 'x');
    BOOST_CHECK_EXCEPTION(open_at("sqlite:" + other.string()), Error, has_code(ErrorCode::storage_unavailable, "io"));
}

BOOST_AUTO_TEST_CASE(a_writer_of_another_process_makes_it_busy_for_a_while) {
    const auto other = open_at(db.url());
    db->write([&](db::Transaction& t) {
        t->run("INSERT INTO item (id) VALUES (1)");
        // On a thread of its own, as from another process.
        auto blocked = std::async(std::launch::async, [&] { add_item(*other, 2); });
        BOOST_CHECK_EXCEPTION(blocked.get(), Error, has_code(ErrorCode::storage_unavailable, "busy"));
    });
    add_item(*other, 2);
    BOOST_TEST(count_items(db) == 2);
}

BOOST_AUTO_TEST_CASE(text_in_double_quotes_is_never_a_string) {
    BOOST_CHECK_EXCEPTION(db->read([](db::Connection& c) { c.run("SELECT \"absent\" FROM item"); }), Error,
                          has_code(ErrorCode::internal, "statement"));
}

// Without the writer's help the file would keep its size: SQLite only starts over in it, and that not while others
// write.
BOOST_AUTO_TEST_CASE(a_wal_that_has_grown_far_is_emptied) {
    db->write([](db::Transaction& t) {
        for (int i = 0; i < 80; ++i) t->run("INSERT INTO item (b) VALUES ($1)", db::Bytes{std::string(1 << 20, 'x')});
    });
    const auto wal = [&] { return fs::file_size(file.string() + "-wal"); };
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (wal() > 0 && std::chrono::steady_clock::now() < deadline) std::this_thread::yield();
    BOOST_TEST(wal() == 0u);
    add_item(db, 1'000);
    BOOST_TEST(count_items(db) == 81);
}

BOOST_AUTO_TEST_CASE(readers_and_writers_do_not_wait_for_checkpoints) {
    std::atomic<bool> stop = false;
    std::atomic<int> reads = 0;
    std::thread reader([&] {
        while (!stop) {
            count_items(db);
            ++reads;
        }
    });
    for (int i = 0; i < 40; ++i)
        db->write([&](db::Transaction& t) {
            t->run("INSERT INTO item (id, b) VALUES (1, $1) ON CONFLICT (id) DO UPDATE SET b = excluded.b",
                   db::Bytes{std::string(1 << 20, static_cast<char>('a' + i % 26))});
        });
    stop = true;
    reader.join();
    BOOST_TEST(reads > 0);
    BOOST_TEST(count_items(db) == 1);
}

BOOST_AUTO_TEST_CASE(a_backup_made_while_others_write_is_one_moment) {
    // Each write adds two items, so that half of a write would be an odd number.
    std::atomic<bool> stop = false;
    std::atomic<int> written = 0;
    std::thread writer([&] {
        while (!stop) {
            db->write([](db::Transaction& t) { t->run("INSERT INTO item (n) VALUES (1), (2)"); });
            ++written;
        }
    });
    const auto copy = (file.parent_path() / "copy.db").string();
    for (int i = 0; i < 5; ++i) {
        const int before = written;
        db->backup_to(copy);
        const auto backup = open_at("sqlite:" + copy);
        const auto count = count_items(*backup);
        BOOST_TEST(count % 2 == 0);
        BOOST_TEST(count >= 2 * before);
    }
    stop = true;
    writer.join();
    for (const auto& entry : fs::directory_iterator(file.parent_path()))
        BOOST_TEST(entry.path().filename().string().find("unfinished") == std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_backup_refuses_its_own_file_and_says_what_is_in_its_way) {
    BOOST_CHECK_EXCEPTION(db->backup_to(file.string()), Error, has_code(ErrorCode::conflict, "backup-onto-itself"));
    BOOST_CHECK_EXCEPTION(db->backup_to("/nowhere/at/all.db"), Error,
                          has_code(ErrorCode::storage_unavailable, "unreachable"));
    add_item(db, 1);
}

BOOST_AUTO_TEST_SUITE_END()
