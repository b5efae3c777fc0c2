// A backup that is taken while 64 people write: it restores to a state that the site once was in.
#include <fmt/format.h>

#include <filesystem>

#include "tests/durability/found.hpp"
#include "tests/durability/served.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

struct Backup {
    std::string file, restored;
    Moment before, after;
};

int run(const std::string& url, const std::vector<std::string>& arguments) {
    std::vector<std::string> command{STELE_BINARY, "--database", url};
    command.insert(command.end(), arguments.begin(), arguments.end());
    test::Child child(command, {});
    child.output();
    return child.wait();
}

Backup back_up(const std::string& url, const std::string& folder, int number, const People& people) {
    Backup backup{.file = fmt::format("{}/{}.backup", folder, number),
                  .restored = fmt::format("{}/{}.db", folder, number),
                  .before = people.now(),
                  .after = {}};
    BOOST_TEST(run(url, {"backup", backup.file}) == 0);
    backup.after = people.now();
    return backup;
}

std::vector<std::string> log_of(db::Database& db) {
    return db.reading([](db::Connection& c) {
        return c.all("SELECT position, at, kind, article_id, locale, actor, detail FROM change ORDER BY position",
                     [](db::Row r) {
                         return fmt::format("{} {} {} {} {} {} {}", r.integer(0), r.integer(1), r.text(2),
                                            r.optional_integer(3).value_or(0), r.optional_text(4).value_or(""),
                                            r.text(5), r.text(6));
                     });
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(backup, *boost::unit_test::precondition(Selected{db::Dialect::sqlite}))

BOOST_AUTO_TEST_CASE(taken_during_64_writers_is_a_state_that_existed) {
    Db db(db::Dialect::sqlite);
    ContentSite site(db, {"en", "nb", "de", "ar", "sv"});
    People people(site, 8);
    const auto token = admin_token(site.store);
    const auto folder = std::filesystem::path(db.url().substr(7)).parent_path().string();
    db.close();
    std::vector<Backup> backups;
    {
        Served server(db.url(), token);
        people.begin([&](int) { return server.connect(); });
        for (int number = 0; number < 4; ++number) {
            people.wait_for(100);
            backups.push_back(back_up(db.url(), folder, number, people));
        }
        people.stop();
    }
    BOOST_TEST(people.refusals().empty(), fmt::format("{}", fmt::join(people.refusals(), "\n")));
    db.reopen();
    const auto log = log_of(*db);
    for (const auto& backup : backups) {
        const auto url = "sqlite:" + backup.restored;
        BOOST_TEST(run(url, {"restore", backup.file}) == 0);
        BOOST_TEST(check_by_command(url) == "");
        const auto restored = db::Database::open({.url = url});
        BOOST_TEST(lost_or_half({*restored, site.types, site.store.default_locale}, people, backup.before,
                                backup.after) == "");
        BOOST_TEST(halves(*restored) == "");
        const auto part = log_of(*restored);
        BOOST_TEST_REQUIRE(part.size() <= log.size());
        BOOST_TEST(std::equal(part.begin(), part.end(), log.begin()));
        BOOST_TEST_MESSAGE("a backup with " << part.size() << " of " << log.size() << " changes");
    }
}

BOOST_AUTO_TEST_SUITE_END()
