// What PostgreSQL's planner knows of the tables.
#include <fmt/format.h>

#include <future>

#include "src/storage/statistics.hpp"
#include "tests/storage/exchange_site.hpp"
#include "tests/storage/waiting.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

std::int64_t rows_expected_in(db::Database& db, const std::string& table) {
    return db
        .reading([&](db::Connection& c) {
            return c.one(
                "SELECT CAST(reltuples AS BIGINT) FROM pg_class WHERE relname = $1",
                [](db::Row row) { return row.integer(0); }, table);
        })
        .value();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(statistics, *boost::unit_test::precondition(Selected{db::Dialect::postgres}))

BOOST_AUTO_TEST_CASE(renewing_them_may_take_longer_than_a_statement) {
    Db db(db::Dialect::postgres, Schema::migrated, {.url = {}, .statement_timeout_ms = 200});
    std::promise<void> locked;
    auto other = std::async(std::launch::async, [&] {
        db->write([&](db::Transaction& t) {
            t->run("LOCK TABLE listing IN SHARE UPDATE EXCLUSIVE MODE");
            locked.set_value();
            wait_until(*t,
                       "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND relation = CAST('listing' AS regclass) "
                       "AND clock_timestamp() - waitstart > CAST('500 milliseconds' AS interval)");
        });
    });
    locked.get_future().wait();
    BOOST_CHECK_NO_THROW(storage::renew_statistics(*db));
    BOOST_CHECK_NO_THROW(other.get());
}

BOOST_AUTO_TEST_CASE(an_import_of_much_renews_them) {
    Db db(db::Dialect::postgres);
    ContentSite site(db, {"en"});
    exchange::MemoryFiles files;
    constexpr int count = 500;
    for (int i = 0; i < count; ++i)
        files.files[fmt::format("a{:03}.en.md", i)] = fmt::format("---\nsource: en\ntitle: Number {}\n---\n", i);
    BOOST_TEST(mistakes(import(site.store, files)) == "");
    for (const std::string table : {"article", "publication", "edition", "work_title", "listing"})
        BOOST_TEST(rows_expected_in(*db, table) == count, table);
}

BOOST_AUTO_TEST_SUITE_END()
