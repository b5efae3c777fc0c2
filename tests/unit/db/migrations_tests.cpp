#include <future>

#include "tests/unit/db/table.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

std::vector<db::Migration> two_migrations() {
    return {
        {1, "0001_stones.sql",
         "-- Stones.\nCREATE TABLE stone (\n    id @id@,\n    name @text@ NOT NULL -- its name\n) @strict@;\n"
         "INSERT INTO stone (name) VALUES ('a; b');\n"},
        {2, "0002_marks.sql",
         "CREATE TABLE mark (stone @int@ NOT NULL, n @int@ NOT NULL, data @bytes@, PRIMARY KEY (stone, n)) @keyed@;\n"
         "CREATE INDEX mark_n ON mark (n);"}};
}

std::int64_t count(db::Database& database, const std::string& table) {
    return database.reading([&](db::Connection& c) {
        return *c.one("SELECT COUNT(*) FROM " + table, [](db::Row r) { return r.integer(0); });
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(migrations)

STELE_ON_BOTH_EMPTY_DATABASES(each_is_applied_once) {
    const auto all = two_migrations();
    const auto first = std::span(all).first(1);
    BOOST_TEST(db::schema_status(db, all).at == 0);
    BOOST_TEST(db::schema_status(db, all).wanted == 2);
    BOOST_TEST(db::migrate(db, first) == std::vector<std::string>{"0001_stones.sql"}, boost::test_tools::per_element());
    BOOST_TEST(db::schema_status(db, all).at == 1);
    BOOST_TEST(db::migrate(db, all) == std::vector<std::string>{"0002_marks.sql"}, boost::test_tools::per_element());
    BOOST_TEST(db::migrate(db, all).empty());
    BOOST_TEST(count(db, "stone") == 1);
    const auto status = db::schema_status(db, all);
    BOOST_TEST(status.at == 2);
    BOOST_TEST(!status.newer);
    BOOST_TEST(status.changed.empty());
}

STELE_ON_BOTH_EMPTY_DATABASES(ids_are_given_and_may_be_chosen) {
    const auto all = two_migrations();
    db::migrate(db, all);
    db->write([](db::Transaction& t) {
        const auto id = [](db::Row r) { return r.integer(0); };
        BOOST_TEST(*t->one("INSERT INTO stone (name) VALUES ($1) RETURNING id", id, "b") == 2);
        BOOST_TEST(*t->one("INSERT INTO stone (id, name) VALUES ($1, $2) RETURNING id", id, 17, "c") == 17);
    });
}

STELE_ON_BOTH_EMPTY_DATABASES(a_newer_schema_is_refused) {
    const auto all = two_migrations();
    db::migrate(db, all);
    const auto older = std::span(all).first(1);
    BOOST_TEST(db::schema_status(db, older).newer);
    BOOST_CHECK_EXCEPTION(db::migrate(db, older), Error, has_code(ErrorCode::conflict, "schema-newer"));
}

STELE_ON_BOTH_EMPTY_DATABASES(a_migration_that_was_changed_after_it_was_applied_is_refused) {
    auto all = two_migrations();
    db::migrate(db, std::span(all).first(1));
    all[0].sql += "-- changed\n";
    BOOST_TEST(db::schema_status(db, all).changed == std::vector<std::string>{"0001_stones.sql"},
               boost::test_tools::per_element());
    BOOST_CHECK_EXCEPTION(db::migrate(db, all), Error, has_code(ErrorCode::conflict, "schema-changed"));
    BOOST_TEST(db::schema_status(db, all).at == 1);
}

STELE_ON_BOTH_EMPTY_DATABASES(one_that_fails_leaves_nothing_behind) {
    auto all = two_migrations();
    all[1].sql += "\nINSERT INTO nowhere (id) VALUES (1);";
    BOOST_CHECK_EXCEPTION(db::migrate(db, all), Error, has_code(ErrorCode::internal, "statement"));
    BOOST_TEST(db::schema_status(db, all).at == 1);
    const auto repaired = two_migrations();
    BOOST_TEST(db::migrate(db, repaired) == std::vector<std::string>{"0002_marks.sql"},
               boost::test_tools::per_element());
}

STELE_ON_BOTH_EMPTY_DATABASES(two_nodes_that_start_at_once_apply_each_once) {
    const auto all = two_migrations();
    db::Options options;
    options.url = db.url();
    const auto other = db::Database::open(options);
    auto there = std::async(std::launch::async, [&] { return db::migrate(*other, all); });
    auto applied = db::migrate(db, all).size();
    applied += there.get().size();
    BOOST_TEST(applied == 2u);
    BOOST_TEST(count(db, "stone") == 1);
}

STELE_ON_BOTH_DATABASES(the_schema_of_the_product_is_applied_and_ours) {
    const auto status = db::schema_status(db);
    BOOST_TEST(status.wanted > 0);
    BOOST_TEST(status.at == status.wanted);
    BOOST_TEST(status.changed.empty());
    BOOST_TEST(db::migrate(db).empty());
}

BOOST_AUTO_TEST_CASE(a_script_is_cut_at_semicolons_that_end_a_line) {
    const auto script =
        "-- A comment; with a semicolon;\n"
        "CREATE TABLE a (t @text@ DEFAULT ';'\n) @strict@;  \n\n"
        "CREATE TRIGGER x AFTER INSERT ON a BEGIN\n  UPDATE a SET t = '';\nEND;\n"
        "CREATE FUNCTION f() AS $$\nSELECT 1;\n$$;\n"
        "-- the end";
    const auto parts = db::statements_of(script, db::Dialect::sqlite);
    BOOST_REQUIRE(parts.size() == 3u);
    BOOST_TEST(parts[0] == "CREATE TABLE a (t TEXT DEFAULT ';'\n) STRICT");
    BOOST_TEST(parts[1] == "CREATE TRIGGER x AFTER INSERT ON a BEGIN\n  UPDATE a SET t = '';\nEND");
    BOOST_TEST(parts[2] == "CREATE FUNCTION f() AS $$\nSELECT 1;\n$$");
    BOOST_TEST(db::statements_of(script, db::Dialect::postgres)[0] ==
               "CREATE TABLE a (t TEXT COLLATE \"C\" DEFAULT ';'\n) ");
    BOOST_CHECK_EXCEPTION(db::statements_of("CREATE TABLE a (t @text@)", db::Dialect::sqlite), Error,
                          has_code(ErrorCode::internal, "migration"));
}

BOOST_AUTO_TEST_SUITE_END()
