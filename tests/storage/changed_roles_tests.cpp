// Two who change the roles of one account (law 5).
#include <barrier>
#include <thread>

#include "tests/storage/workflow_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const accounts::Grants reviewer{{accounts::Role::reviewer, {}}}, editor{{accounts::Role::editor, {}}};

std::string change(PeopleSite& site, const accounts::Grants& grants, const std::string& seen) {
    return error_of([&] { accounts::change_grants(site.store, "tove", grants, "edda", seen); });
}

std::string roles(PeopleSite& site) { return accounts::stored_grants(accounts::find_user(site.store, "tove")->grants); }

}  // namespace

BOOST_AUTO_TEST_SUITE(changed_roles)

STELE_ON_BOTH_DATABASES(are_not_written_over_by_who_has_not_seen_them) {
    PeopleSite site(db);
    const auto seen = roles(site);
    BOOST_TEST(change(site, reviewer, seen) == "");
    BOOST_TEST(change(site, editor, seen) == "version-conflict grants-moved");
    BOOST_TEST(roles(site) == accounts::stored_grants(reviewer));
    BOOST_TEST(change(site, reviewer, seen) == "");  // that is what they are
    BOOST_TEST(change(site, editor, roles(site)) == "");
}

STELE_ON_BOTH_DATABASES(are_one_of_two_that_are_chosen_at_once) {
    PeopleSite site(db);
    for (int round = 0; round < 20; ++round) {
        const auto seen = roles(site);
        const accounts::Grants wanted[]{{{accounts::Role::reader, {PeopleSite::tag(round % 2 ? "en" : "nb")}}},
                                        {{accounts::Role::admin, {PeopleSite::tag(round % 2 ? "en" : "nb")}}}};
        std::string said[2];
        std::barrier begin(2);
        const auto act = [&](int who) {
            begin.arrive_and_wait();
            said[who] = change(site, wanted[who], seen);
        };
        std::thread other(act, 1);
        act(0);
        other.join();
        const int first = said[0].empty() ? 0 : 1;
        BOOST_TEST(said[first] == "");
        BOOST_TEST(said[1 - first] == "version-conflict grants-moved");
        BOOST_TEST(roles(site) == accounts::stored_grants(wanted[first]));
    }
}

BOOST_AUTO_TEST_SUITE_END()
