// The pages of who has an account: two administrators at once, and a list that is long.
#include <boost/test/unit_test.hpp>

#include "src/accounts/tokens.hpp"
#include "src/workflow/people.hpp"
#include "tests/api/studio_person.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string users = "/studio/settings/users";

// The names in the table, in its order.
std::string listed(const Answer& page) {
    std::string names;
    const auto table = between(page.text, "<tbody>", "</tbody>");
    for (size_t at = 0; (at = table.find("<bdi>", at)) != std::string::npos; ++at)
        if (table.compare(at - 1, 1, ">") == 0)
            names += (names.empty() ? "" : " ") + between(table, "<bdi>", "</bdi>", at);
    return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(user_pages)

STELE_ON_BOTH_DATABASES(an_old_page_does_not_take_back_what_another_administrator_did) {
    TestSite site(db);
    Person anne(site, "anne", Role::admin);
    accounts::create_user(site.store(), {.name = "kari", .grants = {{Role::translator}}});
    const auto kari = users + "/kari";
    const auto old_page = fields_of(anne.get(kari).text, kari);
    accounts::change_grants(site.store(), "kari", {{Role::reader}}, "berit");

    const auto refused = anne.send(kari, old_page, {{"role.0", "translator"}, {"all.0", "1"}}, "grants");
    BOOST_TEST(refused.status == 412);
    BOOST_TEST((accounts::find_user(site.store(), "kari")->grants == accounts::Grants{{Role::reader}}));
    // It says what they are now, and keeps what was chosen over them: sent once more, it is meant.
    BOOST_TEST(between(refused.text, "role=\"alert\"", "</p>").find("reader") != std::string::npos, refused.text);
    auto again = fields_of(refused.text, kari);
    BOOST_TEST(again.at("role.0") == "translator");
    BOOST_TEST(anne.send(kari, again, {}, "grants").status == 303);
    BOOST_TEST((accounts::find_user(site.store(), "kari")->grants == accounts::Grants{{Role::translator}}));
    // A page without what it showed is no page of ours.
    again.erase("seen");
    BOOST_TEST(anne.send(kari, again, {{"role.0", "reader"}}, "grants").status == 412);
}

STELE_ON_BOTH_DATABASES(people_are_listed_by_name_and_found_by_its_beginning) {
    TestSite site(db);
    Person anne(site, "mette", Role::admin);
    for (const auto* name : {"Åsa", "ola", "Kari", "karl", "bo"}) accounts::create_user(site.store(), {.name = name});
    accounts::disable_user(site.store(), "karl");
    BOOST_TEST(listed(anne.get(users)) == "bo Kari karl mette ola Åsa");
    BOOST_TEST(listed(anne.get(users + "?q=KAR")) == "Kari karl");
    BOOST_TEST(listed(anne.get(users + "?q=%C3%A5")) == "Åsa");
    BOOST_TEST(has(anne.get(users + "?q=x"), "No user has a name"));
}

STELE_ON_BOTH_DATABASES(a_long_list_goes_on_where_a_page_ends) {
    TestSite site(db);
    Person anne(site, "zoe", Role::admin);
    std::string all;
    for (int i = 100; i < 160; ++i) {
        const auto name = "kari" + std::to_string(i);
        accounts::create_user(site.store(), {.name = name});
        all += name + " ";
    }
    const auto first = anne.get(users + "?q=kari");
    const auto next = unescaped(between(first.text, "<p class=\"more\"><a href=\"", "\""));
    BOOST_REQUIRE(!next.empty());
    BOOST_TEST(listed(first) + " " + listed(anne.get(next)) + " " == all);
}

STELE_ON_BOTH_DATABASES(a_token_is_known_by_its_name_while_it_is_in_force) {
    TestSite site(db);
    for (int i = 0; i < 3; ++i) {
        accounts::create_token(site.store(), {.name = "ci", .grants = {{Role::editor}}});
        if (i < 2) accounts::revoke_token(site.store(), "ci");
    }
    BOOST_TEST(workflow::token_of(site.store(), "token:ci").value() == 3);
    accounts::revoke_token(site.store(), "ci");
    BOOST_TEST(!workflow::token_of(site.store(), "token:ci"));
    BOOST_TEST(!workflow::token_of(site.store(), "ci"));
}

BOOST_AUTO_TEST_SUITE_END()
