// SIGKILL in the middle of 64 writers: every write that was acknowledged is there, none is half there.
#include <fmt/format.h>

#include <thread>

#include "tests/durability/found.hpp"
#include "tests/durability/served.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

constexpr int groups = 8;
const std::vector<std::string> locales{"en", "nb", "de", "ar", "sv"};

void kill_at_a_random_moment(Db& db, Seeded& chance) {
    ContentSite site(db, locales);
    People people(site, groups);
    const auto token = admin_token(site.store);
    db.close();
    {
        Served server(db.url(), token);
        people.begin([&](int) { return server.connect(); });
        people.wait_for(chance.below(800));
        // An answer comes right after a commit; the moment is to be anywhere between two of them.
        std::this_thread::sleep_for(std::chrono::microseconds(chance.below(8'000)));
        server.kill();
        people.stop();
    }
    const auto after = people.now();
    BOOST_TEST(people.refusals().empty(), fmt::format("{}", fmt::join(people.refusals(), "\n")));
    wait_for_sessions_to_end(db);
    {
        Served again(db.url(), token);
        const auto found = again.connect()({"GET", "/api/v1/coverage", "", ""});
        BOOST_TEST(found.status == 200);
        again.kill();
    }
    wait_for_sessions_to_end(db);
    BOOST_TEST(check_by_command(db.url()) == "");
    db.reopen();
    BOOST_TEST(lost_or_half({*db, site.types, site.store.default_locale}, people, after, after) == "");
    BOOST_TEST(halves(*db) == "");
    BOOST_TEST_MESSAGE("killed after " << people.saved() << " acknowledged writes");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(kill)

BOOST_AUTO_TEST_CASE(no_acknowledged_write_is_lost_sqlite,
                     *boost::unit_test::precondition(Selected{db::Dialect::sqlite})) {
    Seeded chance(first_seed());
    for (int round = 0, rounds = usual_rounds(20); round < rounds; ++round) {
        Db db(db::Dialect::sqlite);
        kill_at_a_random_moment(db, chance);
    }
}

BOOST_AUTO_TEST_CASE(no_acknowledged_write_is_lost_postgres,
                     *boost::unit_test::precondition(Selected{db::Dialect::postgres})) {
    Seeded chance(first_seed());
    Db db(db::Dialect::postgres);
    kill_at_a_random_moment(db, chance);
}

BOOST_AUTO_TEST_SUITE_END()
