// What a database says of itself to those who watch it.
#include <thread>

#include "tests/unit/db/table.hpp"

using namespace stele;
using namespace stele::testing;

BOOST_AUTO_TEST_SUITE(activity)

STELE_ON_BOTH_EMPTY_DATABASES(counts_what_it_has_committed) {
    make_table(db);
    const auto before = db->activity();
    for (int i = 1; i <= 5; ++i) add_item(db, i);
    BOOST_CHECK_THROW(add_item(db, 5), Error);
    const auto after = db->activity();
    BOOST_TEST(after.commits_by_writes[0] - before.commits_by_writes[0] == after.commits - before.commits);
    BOOST_TEST(after.writes - before.writes >= 5);
    BOOST_TEST(after.commits - before.commits >= 5);
    BOOST_TEST(after.waiting == 0);
}

STELE_ON_BOTH_EMPTY_DATABASES(knows_the_places_that_are_lent) {
    BOOST_TEST(db->activity().readers.lent == 0);
    db->read([&](db::Connection&) {
        BOOST_TEST(db->activity().readers.lent == 1);
        std::thread([&] { db->read([&](db::Connection&) { BOOST_TEST(db->activity().readers.lent == 2); }); }).join();
    });
    const auto places = db->activity().readers;
    BOOST_TEST(places.lent == 0);
    BOOST_TEST(places.waiting == 0);
    BOOST_TEST(places.all == db->options().readers);
}

BOOST_AUTO_TEST_CASE(knows_who_waited_in_vain, *boost::unit_test::precondition(Selected{db::Dialect::sqlite})) {
    Db db(db::Dialect::sqlite, Schema::empty, {.readers = 1, .busy_timeout_ms = 10});
    db->read([&](db::Connection&) {
        std::thread([&] { BOOST_CHECK_THROW(db->read([](db::Connection&) {}), Error); }).join();
    });
    BOOST_TEST(db->activity().readers.refused == 1);
}

BOOST_AUTO_TEST_SUITE_END()
