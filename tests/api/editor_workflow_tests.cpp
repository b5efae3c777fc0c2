// The workflow in the editor's pages, as a browser without script uses them.
#include <boost/test/unit_test.hpp>

#include "src/storage/change_log.hpp"
#include "src/workflow/looks.hpp"
#include "src/workflow/review.hpp"
#include "src/workflow/schedule.hpp"
#include "tests/api/studio_person.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const auto en = locale::Tag::stored("en"), nb = locale::Tag::stored("nb");

std::string review_of(TestSite& site, ArticleId id) {
    return std::string(workflow::name_of(workflow::find_review(site.store(), id, en).status));
}

std::string publications_of(TestSite& site, const std::string& like) {
    return site.app.database->reading([&](db::Connection& c) {
        std::string details;
        for (const auto& one : c.all(
                 "SELECT detail FROM change WHERE kind = $1 ORDER BY position", [](db::Row r) { return r.text(0); },
                 like))
            details += one + ";";
        return details;
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(studio_workflow)

STELE_ON_BOTH_DATABASES(a_page_from_before_the_decision_undoes_nothing_and_says_what_happened) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"en"}), rita(site, "rita", Role::reviewer, {"en"});
    const auto form = form_path(site.harbour, "en");
    omar.submit(form, {}, "review-ask");
    const auto old_page = fields_of(omar.get(form).text, form);
    rita.submit(form, {}, "review-approve");
    const auto refused = omar.send(form, old_page, {{"note", "Wait, not yet"}}, "review-back");
    BOOST_TEST(refused.status == 412);
    BOOST_TEST(has(refused, "rita has approved this text meanwhile"));
    BOOST_TEST(has(refused, "Wait, not yet</textarea>"));
    BOOST_TEST(review_of(site, site.harbour) == "approved");
}

STELE_ON_BOTH_DATABASES(who_may_do_both_approves_and_publishes_at_once) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"en"}), rita(site, "rita", Role::reviewer, {"en"});
    const auto form = form_path(site.harbour, "en");
    omar.submit(form, {{"s.title", "Open again"}}, "review-ask");
    BOOST_TEST(has(rita.get("/studio"), "Waiting for your review"));
    BOOST_TEST(has(rita.get("/studio/reviews/en"), form));
    BOOST_TEST(!has(omar.get("/studio"), "Waiting for your review"));
    const auto page = rita.get(form);
    BOOST_TEST(has(page, "Approve and publish"));
    BOOST_TEST(rita.submit(form, {}, "publish").header("Location") == form + "?done=published");
    BOOST_TEST(review_of(site, site.harbour) == "approved");
    BOOST_TEST(!has(rita.get("/studio/reviews/en"), form));
    BOOST_TEST(!has(rita.get("/studio"), "Waiting for your review"));
}

// A text with a hole and an error: each is asked about, and neither question answers the other.
STELE_ON_BOTH_DATABASES(a_hole_and_an_error_are_two_questions) {
    TestSite site(db);
    Person rita(site, "rita", Role::reviewer, {"en"});
    const auto form = form_path(site.harbour, "en");
    const auto hole = "s." + site.segment(site.harbour, "en", "Det er plass");
    const auto before = site.translation(site.harbour, "en").version.translation;
    const auto asked = rita.submit(form, {{"s.title", "The \u202Eharbour"}, {hole, ""}}, "publish");
    BOOST_TEST(asked.header("Location") == form + "?done=saved&ask=checks");
    const auto second = rita.submit(form, {}, "publish-anyway");
    BOOST_TEST(second.header("Location") == form + "?ask=incomplete&confirmed=checks");
    BOOST_TEST(has(rita.get(second.header("Location")), "value=\"publish-incomplete-anyway\""));
    BOOST_TEST(rita.submit(form, {}, "publish-incomplete").header("Location") ==
               form + "?ask=checks&confirmed=incomplete");
    BOOST_TEST(site.translation(site.harbour, "en").version.translation == before + 1);
    BOOST_TEST(rita.submit(form, {}, "publish-incomplete-anyway").header("Location") == form + "?done=published");
    BOOST_TEST(publications_of(site, "publish").ends_with(R"("checks":"overridden"};)"));
    Person ada(site, "ada", Role::admin);
    BOOST_TEST(has(ada.get("/studio/settings/log"), "in spite of errors that the checks found"));
}

STELE_ON_BOTH_DATABASES(what_is_wrong_with_a_time_stands_beside_it) {
    TestSite site(db);
    Person rita(site, "rita", Role::reviewer, {"en"});
    const auto form = form_path(site.harbour, "en");
    const auto refused =
        rita.submit(form, {{"publish_at", "2100-01-01T10:00"}, {"unpublish_at", "2030-01-01T10:00"}}, "schedule");
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(has(refused, "<details class=\"mode\" open>"));
    BOOST_TEST(has(refused, "href=\"#publish_at\""));
    BOOST_TEST(has(refused, "id=\"publish_at-mistake\""));
    for (const auto* typed : {"value=\"2100-01-01T10:00\"", "value=\"2030-01-01T10:00\""})
        BOOST_TEST(has(refused, typed));
    // A note that is too long comes back, too.
    const auto note = rita.submit(form, {{"note", std::string(2'001, 'x')}}, "review-ask");
    BOOST_TEST(note.status == 422);
    BOOST_TEST(has(note, "href=\"#note\""));
    BOOST_TEST(has(note, "id=\"note-mistake\""));
    BOOST_TEST(has(note, std::string(2'001, 'x')));
}

STELE_ON_BOTH_DATABASES(times_that_somebody_else_set_meanwhile_stay) {
    TestSite site(db);
    Person rita(site, "rita", Role::reviewer, {"en"}), edda(site, "edda", Role::editor);
    const auto form = form_path(site.harbour, "en");
    const auto old_page = fields_of(edda.get(form).text, form);
    BOOST_TEST(rita.submit(form, {{"publish_at", "2026-12-01T10:00"}}, "schedule").status == 303);
    const auto refused = edda.send(form, old_page, {{"unpublish_at", "2026-12-24T10:00"}}, "schedule");
    BOOST_TEST(refused.status == 412);
    BOOST_TEST(has(refused, "have been changed meanwhile"));
    BOOST_TEST(edda.submit(form, {{"unpublish_at", "2026-12-24T10:00"}}, "schedule").status == 303);
    const auto schedule = workflow::find_schedule(site.store(), site.harbour, en);
    BOOST_REQUIRE(schedule.publish && schedule.unpublish);
    BOOST_TEST(schedule.publish->actor == "rita");
    BOOST_TEST(rfc3339(schedule.publish->at) == "2026-12-01T10:00:00Z");
}

STELE_ON_BOTH_DATABASES(a_text_with_holes_is_put_on_the_calendar_only_when_that_is_said) {
    TestSite site(db);
    Person rita(site, "rita", Role::reviewer, {"nb"});
    const auto form = form_path(site.about, "nb");
    const auto refused = rita.submit(form, {{"publish_at", "2026-12-01T10:00"}}, "schedule");
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(has(refused, "id=\"incomplete-mistake\""));
    BOOST_TEST(
        rita.submit(form, {{"publish_at", "2026-12-01T10:00"}, {"publish_incomplete", "1"}}, "schedule").status == 303);
    BOOST_TEST(fields_of(rita.get(form).text, form)["publish_incomplete"] == "1");
}

STELE_ON_BOTH_DATABASES(a_source_has_times_and_keeps_what_is_typed_when_they_are_set) {
    TestSite site(db);
    Person edda(site, "edda", Role::editor);
    const auto form = form_path(site.harbour, "nb");
    const auto set = edda.submit(form, {{"unpublish_at", "2026-12-24T10:00"}}, "schedule");
    BOOST_TEST(set.header("Location") == form + "?done=schedule");
    BOOST_TEST(has(edda.get(set.header("Location")), "Will be taken down"));
    BOOST_TEST(workflow::find_schedule(site.store(), site.harbour, nb).unpublish->actor == "edda");
    const auto cleared = edda.submit(form, {{"title", "Typed over"}}, "schedule-clear");
    BOOST_TEST(cleared.status == 200);
    BOOST_TEST(has(cleared, "Typed over"));
    const auto refused = edda.submit(form, {{"title", "Typed over"}, {"publish_at", "soon"}}, "schedule");
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(has(refused, "id=\"publish_at-mistake\""));
    BOOST_TEST(has(refused, "Typed over"));
}

STELE_ON_BOTH_DATABASES(to_take_a_source_down_loses_nothing_that_is_typed) {
    TestSite site(db);
    Person edda(site, "edda", Role::editor);
    const auto form = form_path(site.harbour, "nb");
    const auto down = edda.submit(form, {{"title", "Typed and not saved"}}, "unpublish");
    BOOST_TEST(down.status == 200);
    BOOST_TEST(has(down, "Typed and not saved"));
    BOOST_TEST(has(down, "not saved yet"));
    BOOST_TEST(!site.translation(site.harbour, "nb").published);
    // It can be saved from there: nobody else has written.
    const auto saved = edda.send(form, fields_of(down.text, form), {}, "save");
    BOOST_TEST(saved.status == 303);
    BOOST_TEST(site.translation(site.harbour, "nb").title == "Typed and not saved");
}

STELE_ON_BOTH_DATABASES(pages_that_are_only_read_write_nothing) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"en"}), rita(site, "rita", Role::reviewer, {"en"});
    const auto form = form_path(site.harbour, "en");
    omar.submit(form, {}, "review-ask");
    const auto before = site.app.database->rows_written();
    for (const auto& page : {std::string("/studio"), form, std::string("/studio/reviews/en")})
        BOOST_TEST(rita.get(page).status == 200);
    BOOST_TEST(site.app.database->rows_written() == before);
    site.app.looks->write(site.store());
    BOOST_TEST(site.app.database->rows_written() > before);
    BOOST_TEST(has(rita.get("/studio/notifications?unread=1"), "Nothing new."));
}

BOOST_AUTO_TEST_SUITE_END()
