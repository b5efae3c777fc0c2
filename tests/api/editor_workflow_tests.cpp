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
    BOOST_TEST(has(page, "<a class=\"button\" href=\"#note\">Ask for changes</a>"));
    BOOST_TEST(rita.submit(form, {}, "publish").header("Location") == form + "?done=published");
    BOOST_TEST(review_of(site, site.harbour) == "approved");
    BOOST_TEST(!has(rita.get("/studio/reviews/en"), form));
    BOOST_TEST(!has(rita.get("/studio"), "Waiting for your review"));
}

// What is offered next is what was asked for, and not what was done already.
STELE_ON_BOTH_DATABASES(publishing_is_the_next_act_only_where_it_is_due) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"en"}), rita(site, "rita", Role::reviewer, {"en"});
    const auto form = form_path(site.harbour, "en");
    const std::string next = "<button class=\"primary\" form=\"editor\" name=\"action\" value=\"";
    omar.submit(form, {{"s.title", "Open again"}}, "review-ask");
    rita.submit(form, {{"note", "Which harbour?"}}, "review-change");
    const auto asked = rita.get(form);
    BOOST_TEST(!has(asked, next + "publish"));
    BOOST_TEST(has(asked, next + "review-ask"));
    BOOST_TEST(has(asked, "<div class=\"notice changes note\">"));
    omar.submit(form, {}, "review-ask");
    BOOST_TEST(has(rita.get(form), next + "review-approve"));
    rita.submit(form, {}, "review-approve");
    BOOST_TEST(has(rita.get(form), next + "publish"));
    rita.submit(form, {}, "publish");
    const auto done = rita.get(form);
    BOOST_TEST(!has(done, next + "publish"));
    // Of a text and of its source alike: a link leads to the one place that says what it means.
    for (const auto& page : {done, Person(site, "edda", Role::editor).get(form_path(site.harbour, "nb"))}) {
        BOOST_TEST(has(page, "href=\"#take-down\">Take down</a>"));
        BOOST_TEST(has(page, "<p id=\"take-down\" tabindex=\"-1\">Readers do not see it any more"));
        BOOST_TEST(page.text.find("value=\"unpublish\"") > page.text.find("id=\"take-down\""));
        BOOST_TEST(page.text.find("value=\"unpublish\"") == page.text.rfind("value=\"unpublish\""));
    }
}

// What somebody else saved meanwhile is merged, and nobody has read it who decides from the page before.
STELE_ON_BOTH_DATABASES(nothing_is_decided_on_a_text_that_came_in_with_the_save) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"en"}), rita(site, "rita", Role::reviewer, {"en"});
    const auto form = form_path(site.harbour, "en");
    const auto id = "s." + site.segment(site.harbour, "en", "Det er plass");
    omar.submit(form, {}, "review-ask");
    for (const std::string action : {"review-approve", "review-change"}) {
        const auto old_page = fields_of(rita.get(form).text, form);
        omar.submit(form, {{id, "Unread by who decides on " + action}}, "save");
        const auto held =
            rita.send(form, old_page, {{"s.title", "Before " + action}, {"note", "Fine, I think"}}, action);
        BOOST_TEST(held.status == 412);
        BOOST_TEST(has(held, "somebody else has changed this text meanwhile"));
        BOOST_TEST(has(held, "Unread by who decides on " + action));
        BOOST_TEST(has(held, "Fine, I think</textarea>"));
        BOOST_TEST(site.translation(site.harbour, "en").title == "Before " + action);
        BOOST_TEST(review_of(site, site.harbour) == "requested");
        if (action != "review-approve") continue;
        // Whoever has read it now presses again, on the page that shows it.
        rita.send(form, fields_of(held.text, form), {}, action);
        BOOST_TEST(review_of(site, site.harbour) == "approved");
        rita.submit(form, {}, "review-back");
        omar.submit(form, {}, "review-ask");
    }
    const auto step = workflow::find_review(site.store(), site.harbour, en).step;
    const auto old_page = fields_of(rita.get(form).text, form);
    omar.submit(form, {{id, "Not seen by who asks again"}}, "save");
    rita.send(form, old_page, {{"s.title", "Asked again"}}, "review-ask");
    BOOST_TEST(workflow::find_review(site.store(), site.harbour, en).step == step);
    // To take back a request is no decision on its text.
    rita.send(form, old_page, {{"s.title", "Back"}}, "review-back");
    BOOST_TEST(review_of(site, site.harbour) == "requested");  // the title is in conflict: nothing is done
    const auto page = fields_of(omar.get(form).text, form);
    rita.submit(form, {{id, "And once more"}}, "save");
    omar.send(form, page, {{"s.title", "Not yet"}}, "review-back");
    BOOST_TEST(review_of(site, site.harbour) == "none");
}

STELE_ON_BOTH_DATABASES(a_review_of_a_source_ends_when_it_is_published) {
    TestSite site(db);
    Person edda(site, "edda", Role::editor);
    const auto form = form_path(site.harbour, "nb");
    const auto ask = [&] {
        const auto before = workflow::find_review(site.store(), site.harbour, nb);
        workflow::set_review(site.store(), site.harbour, nb,
                             {.status = workflow::ReviewStatus::requested, .note = {}, .seen_step = before.step}, {},
                             {"edda", {{Role::editor, {}}}});
    };
    const auto status = [&] { return workflow::find_review(site.store(), site.harbour, nb).status; };
    ask();
    edda.submit(form, {{"title", "Havna er åpen"}}, "publish");
    BOOST_TEST((status() == workflow::ReviewStatus::approved));
    edda.submit(form, {{"title", "Havna er snart åpen"}}, "save");
    ask();
    edda.submit(form, {}, "publish");
    BOOST_TEST((status() == workflow::ReviewStatus::approved));
}

STELE_ON_BOTH_DATABASES(what_the_checks_say_is_told_to_who_sends_a_text_on) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"en"});
    const auto form = form_path(site.harbour, "en");
    const auto id = site.segment(site.harbour, "en", "Det er plass");
    const auto lead = "The checks have something to say about it";
    const auto sent = omar.submit(form, {{"s." + id, "There is room for 2031 boats."}}, "review-ask");
    const auto page = omar.get(sent.header("Location"));
    BOOST_TEST(has(page, lead));
    BOOST_TEST(has(page, "<li><a href=\"#s-" + id + "\">"));
    BOOST_TEST(has(page, "The source has no 2031."));
    omar.submit(form, {}, "review-back");
    const auto again = omar.submit(form, {{"s." + id, "There is room for all."}}, "review-ask");
    BOOST_TEST(!has(omar.get(again.header("Location")), lead));
}

STELE_ON_BOTH_DATABASES(what_a_machine_made_is_asked_about_before_readers_get_it) {
    TestSite site(db);
    Person rita(site, "rita", Role::reviewer, {"en"});
    const auto form = form_path(site.harbour, "en");
    const auto id = site.segment(site.harbour, "en", "Det er plass");
    editing::Changes changes;
    changes.origin = "machine";
    changes.segments = {{id, "There is room."}};
    const auto now = site.translation(site.harbour, "en").version;
    editing::save_translation(site.store(), site.harbour, en, changes,
                              editing::Expected::of(now.translation, now.source), "rita");
    const auto page = rita.get(form);
    BOOST_TEST(has(page, "1 text by machine, unread"));
    const auto held = rita.submit(form, {}, "publish");
    BOOST_TEST(held.header("Location") == form + "?ask=unread");
    const auto asked = rita.get(held.header("Location"));
    BOOST_TEST(has(asked, "value=\"publish-unread\""));
    BOOST_TEST(has(asked, "<a href=\"#s-" + id + "\">"));
    // What was said before stays said.
    BOOST_TEST(rita.submit(form, {{"s.title", ""}}, "publish-unread").header("Location") ==
               form + "?done=saved&ask=incomplete&confirmed=unread");
    BOOST_TEST(has(rita.get(form + "?ask=incomplete&confirmed=unread"), "value=\"publish-incomplete-unread\""));
    BOOST_TEST(rita.submit(form, {{"s.title", "The harbour"}, {"confirm." + id, "1"}}, "publish").header("Location") ==
               form + "?done=published");
    BOOST_TEST(!has(rita.get(form), "1 text by machine, unread"));
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

STELE_ON_BOTH_DATABASES(people_talk_about_a_text_without_script) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"en"}), reader(site, "rolf", Role::reader);
    const auto path = form_path(site.harbour, "en") + "/comments";
    const auto page = omar.get(path);
    BOOST_TEST(has(page, "Nobody has said anything about this text yet."));
    const auto csrf = fields_of(page.text, path).at("csrf");
    const auto id = site.segment(site.harbour, "en", "Havna i byen");
    const auto empty = omar.post(path, {{"csrf", csrf}, {"do", "post"}, {"segment", id}, {"text", ""}});
    BOOST_TEST(empty.status == 422);
    BOOST_TEST(has(empty, "<a href=\"#text\">"));
    const auto at =
        omar.post(path, {{"csrf", csrf}, {"do", "post"}, {"segment", id}, {"text", "Is it May?"}}).header("Location");
    BOOST_TEST(at.starts_with(path + "#c-"));
    const auto thread = at.substr(at.find("#c-") + 3);
    omar.post(path, {{"csrf", csrf}, {"do", "post"}, {"thread", thread}, {"text", "It is <May>."}});
    omar.post(path, {{"csrf", csrf}, {"do", "resolve"}, {"thread", thread}});
    const auto now = reader.get(path);
    for (const auto* text : {"Paragraph ", "Is it May?", "It is &lt;May&gt;.", "Resolved", "omar"})
        BOOST_TEST(has(now, text), text);
    BOOST_TEST(!has(now, "name=\"thread\""));
    // A thread of another text is not to be had here.
    BOOST_TEST(
        omar.post(form_path(site.about, "en") + "/comments", {{"csrf", csrf}, {"do", "resolve"}, {"thread", thread}})
            .status != 303);
}

STELE_ON_BOTH_DATABASES(a_translation_that_was_deleted_comes_back_from_its_history) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"en"});
    const auto path = form_path(site.harbour, "en"), history = path + "/history";
    omar.submit(path, {{"s.title", "Open again"}}, "save");
    const auto before = site.translation(site.harbour, "en");
    const auto source = std::to_string(before.version.source);
    workflow::delete_translation(site.store(), site.harbour, locale::Tag::stored("en"),
                                 editing::Expected::of(before.version.translation, before.version.source), "edda");
    // The newest two do not differ: the last one is the text as it was when it was deleted.
    const auto page = omar.get(history);
    const auto compared = between(page.text, "class=\"card compare\"", "</section>");
    const auto value = [&](const std::string& name) {
        return between(compared, "name=\"" + name + "\" value=\"", "\"");
    };
    const Fields fields{{"csrf", value("csrf")}, {"n", value("n")}, {"seen", value("seen")}};
    BOOST_TEST(fields.at("seen") == "0." + source);
    BOOST_TEST(omar.post(history, fields).status == 303);
    BOOST_TEST(site.translation(site.harbour, "en").title == "Open again");
    BOOST_TEST(omar.post(history, fields).status == 409);
}

BOOST_AUTO_TEST_SUITE_END()
