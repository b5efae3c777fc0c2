// Work of many texts: acts on them that a fault ends, what is counted, and who is told.
#include "src/workflow/assignments.hpp"
#include "src/worklist/board.hpp"
#include "tests/storage/workflow_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

// The database itself refuses an assignment of this article.
void break_at(PeopleSite& site, ArticleId id) {
    const auto n = std::to_string(number(id));
    site.store.db.write([&](db::Transaction& t) {
        if (site.store.db.dialect() == db::Dialect::sqlite)
            t->run("CREATE TRIGGER broken BEFORE INSERT ON assignment WHEN NEW.article_id = " + n +
                   " BEGIN SELECT RAISE(ABORT, 'broken'); END");
        else
            t->run("ALTER TABLE assignment ADD CONSTRAINT broken CHECK (article_id <> " + n + ")");
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(bulk)

STELE_ON_BOTH_DATABASES(says_how_far_it_went_when_a_fault_ends_it) {
    PeopleSite site(*db);
    const auto en = site.tag("en");
    std::vector<workflow::TextPlace> places;
    for (int i = 0; i < 120; ++i) places.push_back({site.add("nb", "By " + std::to_string(i), "T.\n"), en});
    break_at(site, places[110].article_id);
    const workflow::AssignTo tove{"tove", {}};
    const auto result = workflow::assign_many(site.store, places, tove, site.who("edda"));
    BOOST_TEST(result.done == 100);
    BOOST_REQUIRE_EQUAL(result.refused.size(), 20u);
    BOOST_TEST((result.refused.front().place.article_id == places[100].article_id));
    BOOST_TEST(site.count("assignment") == 100);
    // Where nothing was done yet the fault is all that there is to say.
    const std::vector<workflow::TextPlace> one{places[110]};
    BOOST_CHECK_THROW(workflow::assign_many(site.store, one, tove, site.who("edda")), Error);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(assigned)

STELE_ON_BOTH_DATABASES(is_counted_as_the_board_lists_it) {
    PeopleSite site(*db);
    const auto en = site.tag("en"), ar = site.tag("ar");
    const auto both = site.add("nb", "Begge", "T.\n"), gone = site.add("nb", "Borte", "T.\n");
    for (const auto& locale : {en, ar}) workflow::assign(site.store, both, locale, {"amir", {}}, site.who("edda"));
    workflow::assign(site.store, gone, en, {"amir", {}}, site.who("edda"));
    editing::delete_article(site.store, gone, 1, "edda");
    worklist::BoardQuery query{.locale = en};
    query.assignee = site.amir;
    const auto found = worklist::find_on_board(site.store, query, 10);
    BOOST_TEST(found.ids.size() == 1u);
    BOOST_TEST(workflow::assignment_count(site.store, site.amir) == 1);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(source_changes)

STELE_ON_BOTH_DATABASES(concern_nobody_who_has_dealt_with_them) {
    PeopleSite site(*db);
    const auto en = site.tag("en");
    const auto id = site.add("nb", "By", "Første avsnitt.\n\nAndre avsnitt.\n");
    const auto write_title = [&](const std::string& title) {
        editing::Changes changes;
        changes.title = title;
        editing::save_translation(site.store, id, en, changes, site.now(id, "en"), "tove");
    };
    const auto change_source = [&](const std::string& title) {
        site.clock += std::chrono::seconds(1);
        site.set_segment(id, "nb", "title", title);
        site.clock += std::chrono::seconds(1);
    };
    write_title("City");  // the rest is missing, now and later
    workflow::assign(site.store, id, en, {"tove", {}}, site.who("edda"));
    workflow::read_all_notifications(site.store, site.tove, site.clock);
    site.follow();
    // She was quicker than the look at the log, and so was an editor who says that it means the same.
    change_source("Stad");
    write_title("Town");
    site.follow();
    BOOST_TEST(site.told(site.tove) == "");
    change_source("Staden");
    editing::keep_meaning(site.store, id, en, {.segments = {"title"}}, site.now(id, "en"), "edda");
    site.follow();
    BOOST_TEST(site.told(site.tove) == "");
    change_source("Bydel");
    site.follow();
    BOOST_TEST(site.told(site.tove) == "source-changed");
    workflow::read_all_notifications(site.store, site.tove, site.clock);
    // What is new is missing.
    site.set_body(id, "nb", "Første avsnitt.\n\nAndre avsnitt.\n\nTredje avsnitt.\n");
    site.follow();
    BOOST_TEST(site.told(site.tove) == "source-changed");
}

BOOST_AUTO_TEST_SUITE_END()
