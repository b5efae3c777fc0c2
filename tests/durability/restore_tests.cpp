// A restore ends with the one database or the other, whatever comes in between.
#include <fmt/format.h>

#include "tests/durability/found.hpp"
#include "tests/durability/traced.hpp"
#include "tests/durability/two_sites.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

namespace fs = std::filesystem;

int tables_in(const fs::path& file) {
    const auto database = db::Database::open({.url = "sqlite:" + file.string(), .readers = 1});
    return db::schema_status(*database).at;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(restoring, *boost::unit_test::precondition(Selected{db::Dialect::sqlite}))

BOOST_AUTO_TEST_CASE(that_is_killed_leaves_the_old_or_the_new_database) {
    const TwoSites sites;
    sites.put_old_database();
    const int calls = run_until_call(sites.restore_command(), 1'000'000);
    if (calls < 0) {
        BOOST_TEST_MESSAGE("LEFT OUT: this process may not trace another");
        return;
    }
    BOOST_TEST(sites.whose() == "new");
    int old = 0;
    for (int at = 1; at <= calls; ++at) {
        sites.put_old_database();
        run_until_call(sites.restore_command(), at);
        // It can be done again, whatever the first left behind.
        if (at % 10 == 0) BOOST_TEST(sites.run({"restore", sites.backup.string(), "--force"}) == 0);
        const auto found = sites.whose();
        BOOST_TEST((found == "old" || found == "new"), fmt::format("killed at call {} of {}: {}", at, calls, found));
        old += found == "old";
    }
    BOOST_TEST_MESSAGE("killed at each of " << calls << " calls: the old database " << old << " times");
    BOOST_TEST(old > 0);
}

BOOST_AUTO_TEST_CASE(does_not_apply_a_log_that_outlived_its_database) {
    const TwoSites sites;
    sites.put_old_database();
    fs::remove(sites.database);
    BOOST_TEST(sites.run({"restore", sites.backup.string()}) == 0);
    BOOST_TEST(sites.whose() == "new");
}

BOOST_AUTO_TEST_CASE(over_a_database_that_cannot_be_opened_keeps_it_with_its_log) {
    const TwoSites sites;
    sites.put_old_database();
    const auto log = content_of(sites.database.string() + "-wal");
    write_file(sites.database, std::string(8192, 'x'));
    BOOST_TEST(sites.run({"restore", sites.backup.string(), "--force"}) == 0);
    BOOST_TEST(sites.whose() == "new");
    BOOST_TEST(content_of(sites.database.string() + ".before-restore") == std::string(8192, 'x'));
    BOOST_TEST((content_of(sites.database.string() + ".before-restore-wal") == log));
}

BOOST_AUTO_TEST_CASE(through_a_symbolic_link_sees_who_uses_the_database_and_replaces_it) {
    TwoSites sites;
    sites.put_old_database();
    const auto file = sites.database;
    sites.database = sites.folder.parent_path() / "link.db";
    fs::create_symlink(file, sites.database);
    {
        const auto server = db::Database::open({.url = "sqlite:" + file.string()});
        server->write([](db::Transaction& t) { t->run("UPDATE site SET value = 'old' WHERE name = 'mark'"); });
        BOOST_TEST(sites.run({"restore", sites.backup.string(), "--force"}) == 1);
    }
    BOOST_TEST(sites.whose() == "old");
    BOOST_TEST(sites.run({"restore", sites.backup.string(), "--force"}) == 0);
    BOOST_TEST(fs::is_symlink(sites.database));
    BOOST_TEST(sites.whose() == "new");
}

BOOST_AUTO_TEST_CASE(an_older_backup_brings_it_to_this_schema_and_leaves_the_backup_as_it_is) {
    const TwoSites sites;
    const auto migrations = db::embedded_migrations(db::Dialect::sqlite);
    const auto file = sites.backup.parent_path() / "older.db", backup = sites.backup.parent_path() / "older.backup";
    {
        const auto older = db::Database::open({.url = "sqlite:" + file.string()});
        db::migrate(*older, std::span(migrations).first(1));
        older->backup_to(backup.string());
    }
    const auto before = content_of(backup);
    fs::create_directories(sites.folder);
    BOOST_TEST(sites.run({"restore", backup.string()}) == 0);
    BOOST_TEST(tables_in(sites.database) == migrations.back().number);
    BOOST_TEST(check_by_command("sqlite:" + sites.database.string()) == "");
    BOOST_TEST((content_of(backup) == before));
}

BOOST_AUTO_TEST_CASE(of_a_newer_schema_is_refused_and_nothing_is_changed) {
    const TwoSites sites;
    sites.put_old_database();
    const auto file = sites.backup.parent_path() / "new.db", backup = sites.backup.parent_path() / "newer.backup";
    {
        const auto newer = db::Database::open({.url = "sqlite:" + file.string()});
        newer->write([](db::Transaction& t) {
            t->run("INSERT INTO migration (number, name, checksum, applied_at) VALUES (9999, '9999_x.sql', 'x', 0)");
        });
        newer->backup_to(backup.string());
    }
    std::string said;
    BOOST_TEST(sites.run({"restore", backup.string(), "--force"}, &said) == 1);
    BOOST_TEST(said.find("newer") != std::string::npos, said);
    BOOST_TEST(sites.files() == std::vector<std::string>{"stele.db"}, boost::test_tools::per_element());
    BOOST_TEST(sites.whose() == "old");
}

BOOST_AUTO_TEST_CASE(a_database_of_a_newer_schema_is_refused_with_its_number) {
    const TwoSites sites;
    sites.put_old_database();
    db::Database::open({.url = "sqlite:" + sites.database.string()})->write([](db::Transaction& t) {
        t->run("INSERT INTO migration (number, name, checksum, applied_at) VALUES (777, '777_x.sql', 'x', 0)");
    });
    for (const auto* command : {"check", "serve", "migrate"}) {
        std::string said;
        BOOST_TEST(sites.run({command}, &said) == 1);
        BOOST_TEST(said.find("schema 777;") != std::string::npos, said);
    }
    BOOST_TEST(sites.whose() == "old");
}

BOOST_AUTO_TEST_SUITE_END()
