// A site with more people than a list shows: names are typed, and looked up.
#include <boost/test/unit_test.hpp>

#include "src/workflow/assignments.hpp"
#include "tests/api/studio_person.hpp"
#include "tests/support/many_people.hpp"

using namespace stele;
using namespace stele::testing;

BOOST_AUTO_TEST_SUITE(many_people)

STELE_ON_BOTH_DATABASES(are_typed_on_the_board_where_a_few_are_chosen) {
    TestSite site(db);
    const auto nb = locale::Tag::stored("nb");
    Person rita(site, "rita", Role::reviewer);
    accounts::create_user(site.store(), {.name = "kari", .grants = {{Role::translator, {}}}});
    const auto few = rita.get("/studio/board");
    BOOST_TEST(has(few, "<option value=\"kari\""));
    BOOST_TEST(has(few, "<select name=\"assignee\""));
    add_people(*site.app.database, 200, [](int) { return accounts::Grants{{Role::translator, {}}}; });
    const auto board = rita.get("/studio/board");
    BOOST_TEST(!has(board, "<select name=\"assignee\""));
    BOOST_TEST(has(board, "<input name=\"assignee\" value=\"\" list=\"people\""));
    BOOST_TEST(has(board, "<input name=\"account\" list=\"people\""));
    BOOST_TEST(!has(board, "value=\"P1199\""));
    const Fields act{{"csrf", between(board.text, "name=\"csrf\" value=\"", "\"")},
                     {"article", std::to_string(number(site.about))},
                     {"locale", "nb"},
                     {"account", "p1199"},
                     {"do", "assign"}};
    rita.post("/studio/board", act);
    BOOST_TEST(workflow::find_assignment(site.store(), site.about, nb)->name == "P1199");
    BOOST_TEST(has(rita.get("/studio/board?assignee=P1199"), "<bdi>P1199</bdi>"));
}

BOOST_AUTO_TEST_SUITE_END()
