// Whom work can be given to, and the work of somebody who may not do it any more.
#include "src/workflow/assignments.hpp"
#include "src/workflow/translators.hpp"
#include "tests/storage/workflow_site.hpp"
#include "tests/support/many_people.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

std::vector<std::string> names_of(const workflow::TranslatorPage& page) {
    std::vector<std::string> names;
    for (const auto& person : page.items) names.push_back(person.known.name);
    return names;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(translators)

STELE_ON_BOTH_DATABASES(who_leaves_a_language_or_altogether_has_no_work_there_any_more) {
    PeopleSite site(*db);
    const auto en = site.tag("en"), ar = site.tag("ar");
    const auto first = site.add("nb", "En", "T.\n"), second = site.add("nb", "To", "T.\n");
    const auto editor = site.who("edda");
    workflow::assign(site.store, first, en, {"amir", {}}, editor);
    workflow::assign(site.store, second, ar, {"amir", {}}, editor);
    workflow::assign(site.store, second, en, {"tove", {}}, editor);
    accounts::change_grants(site.store, "amir", {{accounts::Role::translator, {ar}}}, "anne");
    BOOST_TEST(!workflow::find_assignment(site.store, first, en));
    BOOST_TEST(workflow::find_assignment(site.store, second, ar).has_value());
    accounts::disable_user(site.store, "amir", "anne");
    BOOST_TEST(!workflow::find_assignment(site.store, second, ar));
    BOOST_TEST(workflow::find_assignment(site.store, second, en).has_value());
    BOOST_TEST(site.count("change WHERE kind = 'unassign' AND actor = 'anne'") == 2);
}

STELE_ON_BOTH_DATABASES(who_is_leaving_is_given_no_work_any_more) {
    PeopleSite site(*db);
    const auto en = site.tag("en"), ar = site.tag("ar");
    const auto id = site.add("nb", "En", "T.\n");
    const auto editor = site.who("edda");
    // Between the look at the people and the transaction that assigns.
    const auto when_looked_at = [&](std::function<void()> leave) {
        site.store.now = [&site, leave = std::move(leave)]() mutable {
            if (const auto once = std::exchange(leave, {})) once();
            return site.clock;
        };
    };
    when_looked_at([&] { accounts::change_grants(site.store, "amir", {{accounts::Role::translator, {ar}}}, "anne"); });
    BOOST_TEST(error_of([&] {
                   workflow::assign(site.store, id, en, {"amir", {}}, editor);
               }) == "invalid /account field.no-translator");
    when_looked_at([&] { accounts::disable_user(site.store, "amir", "anne"); });
    const std::vector<workflow::TextPlace> places{{id, ar}};
    const auto result = workflow::assign_many(site.store, places, workflow::AssignTo{"amir", {}}, editor);
    BOOST_REQUIRE_EQUAL(result.refused.size(), 1u);
    BOOST_TEST(result.refused[0].why.fields().at(0).message == "field.account");
    BOOST_TEST(site.count("assignment") == 0);
}

STELE_ON_BOTH_DATABASES(people_are_found_by_how_their_name_begins_in_pages) {
    PeopleSite site(*db);
    add_people(*db, 450, [](int i) {
        const auto role = i % 2 ? accounts::Role::reader : accounts::Role::translator;
        return accounts::Grants{{role, {locale::Tag::stored("en")}}};
    });
    accounts::disable_user(site.store, "p1002", "anne");
    const auto en = site.tag("en"), ar = site.tag("ar");
    workflow::TranslatorQuery query{.locale = en, .q = "P", .limit = 100, .after = {}};
    std::vector<std::string> all;
    do {
        const auto page = workflow::list_translators(site.store, query);
        BOOST_TEST(page.items.size() <= 100u);
        for (auto& name : names_of(page)) all.push_back(name);
        query.after = page.next;
    } while (query.after);
    BOOST_TEST(all.size() == 224u);
    BOOST_TEST(std::ranges::is_sorted(all));
    BOOST_TEST(all.front() == "P1000");
    BOOST_TEST(all[1] == "P1004");
    BOOST_TEST(
        (names_of(workflow::list_translators(site.store, {.locale = ar})) == std::vector<std::string>{"amir", "edda"}));
    BOOST_TEST(names_of(workflow::list_translators(site.store, {.q = "tov"})).size() == 1u);
}

BOOST_AUTO_TEST_SUITE_END()
