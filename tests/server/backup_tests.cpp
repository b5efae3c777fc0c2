#include <fmt/format.h>
#include <stdlib.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>

#include "server/cli/command.hpp"
#include "server/cli/database.hpp"

using namespace stele;
using namespace stele::cli;
namespace fs = std::filesystem;

namespace {

// A folder with a migrated database that holds one value to recognise it by.
struct Site {
    Site() {
        auto name = (fs::temp_directory_path() / "stele-backup-XXXXXX").string();
        BOOST_REQUIRE(mkdtemp(name.data()));
        folder = name;
        BOOST_REQUIRE(run({"migrate"}) == exit_done);
        mark(1);
    }
    ~Site() { fs::remove_all(folder); }
    Site(const Site&) = delete;
    Site& operator=(const Site&) = delete;

    fs::path path(std::string_view name) const { return folder / name; }
    Options options(std::string_view name = "site.db") const {
        Options made;
        made.database = "sqlite:" + path(name).string();
        return made;
    }
    std::unique_ptr<db::Database> open(std::string_view name = "site.db") const { return open_database(options(name)); }

    int run(std::vector<std::string> arguments, std::string_view name = "site.db") const {
        std::vector<std::string> words{"stele", "--database", "sqlite:" + path(name).string()};
        words.insert(words.end(), arguments.begin(), arguments.end());
        std::vector<const char*> argv;
        for (const auto& word : words) argv.push_back(word.c_str());
        return run_commands(int(argv.size()), argv.data(), {migrate_command(), backup_command(), restore_command()});
    }
    void mark(std::int64_t value) const {
        open()->write([&](db::Transaction& t) {
            t->run("CREATE TABLE IF NOT EXISTS mark (value INTEGER)");
            t->run("DELETE FROM mark");
            t->run("INSERT INTO mark (value) VALUES ($1)", value);
        });
    }
    std::int64_t marked(std::string_view name = "site.db") const {
        return open(name)
            ->reading([](db::Connection& c) {
                return c.one("SELECT value FROM mark", [](db::Row r) { return r.integer(0); });
            })
            .value_or(0);
    }
    std::vector<std::string> files() const {
        std::vector<std::string> names;
        for (const auto& entry : fs::directory_iterator(folder)) names.push_back(entry.path().filename().string());
        std::sort(names.begin(), names.end());
        return names;
    }
    fs::path folder;
};

using Names = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(backup_and_restore)

BOOST_FIXTURE_TEST_CASE(migrating_twice_does_nothing_and_leaves_no_backup, Site) {
    BOOST_TEST(run({"migrate"}) == exit_done);
    BOOST_TEST(files() == Names{"site.db"}, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(migrating_an_older_schema_backs_it_up_first, Site) {
    const auto wanted = db::schema_status(*open()).wanted;
    open()->write([&](db::Transaction& t) {
        // An older schema, as far as the record says; the next migration then fails, and its backup must be there.
        t->run("DELETE FROM migration WHERE number = $1", wanted);
    });
    run({"migrate"});
    const auto backup = fmt::format("site.db.before-{:04}", wanted);
    BOOST_TEST(fs::exists(path(backup)));
    BOOST_TEST(marked(backup) == 1);
}

BOOST_FIXTURE_TEST_CASE(a_backup_restores_what_it_was_made_from, Site) {
    const auto copy = path("copy.db").string();
    BOOST_TEST(run({"backup", copy}) == exit_done);
    mark(2);
    BOOST_TEST(run({"restore", copy}, "other.db") == exit_done);
    BOOST_TEST(marked("other.db") == 1);
    BOOST_TEST(marked() == 2);
}

BOOST_FIXTURE_TEST_CASE(a_backup_is_made_while_the_database_is_open, Site) {
    const auto server = open();
    server->write([](db::Transaction& t) { t->run("UPDATE mark SET value = 3"); });
    BOOST_TEST(run({"backup", path("copy.db").string()}) == exit_done);
    BOOST_TEST(marked("copy.db") == 3);
}

BOOST_FIXTURE_TEST_CASE(a_backup_overwrites_nothing_unasked, Site) {
    const auto copy = path("copy.db").string();
    BOOST_TEST(run({"backup", copy}) == exit_done);
    BOOST_TEST(run({"backup", copy}) == exit_failed);
    BOOST_TEST(run({"backup", copy, "--force"}) == exit_done);
    BOOST_TEST(run({"backup", path("site.db").string(), "--force"}) == exit_misused);
    BOOST_TEST(run({"backup"}) == exit_misused);
    BOOST_TEST(run({"backup", path("x.db").string()}, "nothing.db") == exit_failed);
    BOOST_TEST(!fs::exists(path("nothing.db")));
}

BOOST_FIXTURE_TEST_CASE(restoring_over_a_database_needs_force_and_keeps_it, Site) {
    const auto copy = path("copy.db").string();
    run({"backup", copy});
    mark(2);
    BOOST_TEST(run({"restore", copy}) == exit_failed);
    BOOST_TEST(marked() == 2);
    BOOST_TEST(run({"restore", copy, "--force"}) == exit_done);
    BOOST_TEST(marked() == 1);
    BOOST_TEST(marked("site.db.before-restore") == 2);
}

BOOST_FIXTURE_TEST_CASE(a_database_in_use_is_not_replaced, Site) {
    const auto copy = path("copy.db").string();
    run({"backup", copy});
    const auto server = open();
    server->write([](db::Transaction& t) { t->run("UPDATE mark SET value = 2"); });
    BOOST_TEST(run({"restore", copy, "--force"}) == exit_failed);
    server->write([](db::Transaction& t) { t->run("UPDATE mark SET value = value + 1"); });
    BOOST_TEST(marked() == 3);
}

BOOST_FIXTURE_TEST_CASE(a_damaged_backup_is_refused_and_leaves_nothing, Site) {
    const auto copy = path("copy.db");
    run({"backup", copy.string()});
    const auto pages = fs::file_size(copy) / 4096;
    {
        std::fstream file(copy, std::ios::in | std::ios::out | std::ios::binary);
        for (std::uintmax_t page = 1; page < pages; ++page) {
            file.seekp(std::streamoff(page * 4096));
            file << std::string(2000, '\x5a');
        }
    }
    const auto before = files();
    BOOST_TEST(run({"restore", copy.string()}, "other.db") == exit_failed);
    BOOST_TEST(files() == before, boost::test_tools::per_element());

    fs::resize_file(copy, 4096 * 2 + 100);
    BOOST_TEST(run({"restore", copy.string()}, "other.db") == exit_failed);
    std::ofstream(copy) << "not a database";
    BOOST_TEST(run({"restore", copy.string()}, "other.db") == exit_failed);
    std::ofstream(copy, std::ios::trunc).flush();
    BOOST_TEST(run({"restore", copy.string()}, "other.db") == exit_failed);
    BOOST_TEST(run({"restore", path("absent.db").string()}, "other.db") == exit_failed);
    BOOST_TEST(files() == before, boost::test_tools::per_element());
}

BOOST_FIXTURE_TEST_CASE(a_backup_of_a_newer_version_is_refused, Site) {
    open()->write([](db::Transaction& t) {
        t->run("INSERT INTO migration (number, name, checksum, applied_at) VALUES (9999, '9999_future.sql', 'x', 0)");
    });
    const auto copy = path("copy.db").string();
    BOOST_TEST(run({"backup", copy}) == exit_done);
    BOOST_TEST(run({"restore", copy}, "other.db") == exit_failed);
    BOOST_TEST(!fs::exists(path("other.db")));
    BOOST_TEST(run({"migrate"}) == exit_failed);
}

BOOST_AUTO_TEST_CASE(postgresql_is_left_to_its_own_tools) {
    const char* backup[] = {"stele", "--database", "postgresql://localhost/nothing", "backup", "x.db"};
    const char* restore[] = {"stele", "--database", "postgresql://localhost/nothing", "restore", "x.db"};
    BOOST_TEST(run_commands(5, backup, {backup_command()}) == exit_failed);
    BOOST_TEST(run_commands(5, restore, {restore_command()}) == exit_failed);
}

BOOST_AUTO_TEST_SUITE_END()
