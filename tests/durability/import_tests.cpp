// SIGKILL in the middle of an import: the same import once more makes the site that an undisturbed one makes.
#include <fmt/format.h>

#include <thread>

#include "tests/durability/found.hpp"
#include "tests/durability/traced.hpp"
#include "tests/storage/exchange_site.hpp"
#include "tests/support/child.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

constexpr int articles = 45;

// Some want the same address, and the numbers that they get follow the names of the files.
exchange::MemoryFiles folder_of_files() {
    exchange::MemoryFiles files;
    for (int i = 0; i < articles; ++i)
        for (const std::string locale : {"de", "en", "nb"})
            files.files[fmt::format("a{:03}.{}.md", i, locale)] =
                fmt::format("---\n{}title: Number {} {}\n---\n\nOne {}.\n\nTwo.\n",
                            locale == "en" ? "source: en\n" : "", i / 3, locale, i);
    return files;
}

std::vector<std::string> import_command(const Db& db, const TemporaryFolder& folder) {
    return {STELE_BINARY, "--database", db.url(), "import", folder.path.string()};
}

// All of the content but times and, where `with_ids` is not asked for, numbers of articles; in the order of the
// numbers.
std::vector<std::string> content_of(db::Database& db, bool with_ids) {
    std::vector<std::string> lines;
    db.read([&](db::Connection& c) {
        c.query(
            "SELECT a.id, a.key, t.locale, t.version, t.slug, t.text_hash, e.bucket, p.number, r.slug, f.path "
            "FROM article a CROSS JOIN translation t CROSS JOIN edition e CROSS JOIN publication p CROSS JOIN route r "
            "CROSS JOIN kept_file f WHERE t.article_id = a.id AND e.article_id = a.id AND e.locale = t.locale "
            "AND p.article_id = a.id AND p.locale = t.locale AND r.article_id = a.id AND r.locale = t.locale "
            "AND f.article_id = a.id AND f.locale = t.locale AND f.origin_id = (SELECT MIN(id) FROM file_origin) "
            "ORDER BY a.id",
            {}, [&](db::Row row) {
                std::string line = fmt::format("{} {} {} {} {} {} {} {}", row.text(1), row.text(2), row.integer(3),
                                               row.text(4), row.integer(6), row.integer(7), row.text(8), row.text(9));
                for (const unsigned char byte : row.bytes(5)) line += fmt::format("{:02x}", byte);
                lines.push_back(with_ids ? fmt::format("{} {}", row.integer(0), line) : line);
            });
    });
    return lines;
}

using Files = std::map<std::string, std::string>;

// As it is exported.
Files files_of(db::Database& db) {
    const auto types = content::ContentTypes::built_in();
    return exported({db, types, ContentSite::tag("en")}).files;
}

struct Imported {
    std::vector<std::string> content;
    Files files;
    std::chrono::microseconds time;
    int calls;  // that change a file
};

bool with_ids(const Db& db) { return db.dialect() == db::Dialect::sqlite; }  // PostgreSQL leaves gaps

void check_site(Db& db, const Imported& wanted, const std::string& when) {
    BOOST_TEST_CONTEXT(when) {
        BOOST_TEST(check_by_command(db.url()) == "");
        db.reopen();
        auto found = content_of(*db, with_ids(db));
        auto expected = wanted.content;
        std::sort(found.begin(), found.end());
        std::sort(expected.begin(), expected.end());
        BOOST_TEST(found == expected, boost::test_tools::per_element());
        BOOST_TEST((files_of(*db) == wanted.files));
    }
}

void finish_import(const Db& db, const TemporaryFolder& folder) {
    test::Child again(import_command(db, folder), {.environment = {}, .errors = "/dev/null"});
    again.output();
    BOOST_TEST(again.wait() == 0);
}

Imported undisturbed(db::Dialect dialect, const TemporaryFolder& folder) {
    Db db(dialect);
    db.close();
    const auto begin = std::chrono::steady_clock::now();
    const int calls = dialect == db::Dialect::sqlite ? run_until_call(import_command(db, folder), 1'000'000) : 0;
    if (dialect == db::Dialect::postgres || calls < 0) finish_import(db, folder);
    const auto time = std::chrono::steady_clock::now() - begin;
    db.reopen();
    Imported imported{content_of(*db, with_ids(db)), files_of(*db),
                      std::chrono::duration_cast<std::chrono::microseconds>(time), calls};
    BOOST_TEST(imported.content.size() == size_t(articles * 3));
    return imported;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(killed_imports)

BOOST_AUTO_TEST_CASE(are_finished_by_the_next_one_sqlite,
                     *boost::unit_test::precondition(Selected{db::Dialect::sqlite})) {
    Seeded chance(first_seed());
    const TemporaryFolder folder;
    write_folder(folder.path, folder_of_files());
    const auto whole = undisturbed(db::Dialect::sqlite, folder);
    if (whole.calls < 0) {
        BOOST_TEST_MESSAGE("LEFT OUT: this process may not trace another");
        return;
    }
    for (int round = 0, rounds = usual_rounds(3); round < rounds; ++round) {
        Db db(db::Dialect::sqlite);
        db.close();
        const int at = 1 + chance.below(whole.calls);
        run_until_call(import_command(db, folder), at);
        BOOST_TEST(check_by_command(db.url()) == "");
        finish_import(db, folder);
        check_site(db, whole, fmt::format("killed at call {} of {}", at, whole.calls));
    }
}

BOOST_AUTO_TEST_CASE(are_finished_by_the_next_one_postgres,
                     *boost::unit_test::precondition(Selected{db::Dialect::postgres})) {
    Seeded chance(first_seed());
    const TemporaryFolder folder;
    write_folder(folder.path, folder_of_files());
    const auto whole = undisturbed(db::Dialect::postgres, folder);
    Db db(db::Dialect::postgres);
    db.close();
    {
        test::Child killed(import_command(db, folder), {.environment = {}, .errors = "/dev/null"});
        std::this_thread::sleep_for(std::chrono::microseconds(chance.below(int(whole.time.count()))));
        killed.kill();
        killed.wait();
    }
    wait_for_sessions_to_end(db);
    finish_import(db, folder);
    check_site(db, whole, "killed");
}

BOOST_AUTO_TEST_SUITE_END()
