// What the checks find, in the studio and without script: told where it stands, let stand with a reason, taken back.
#include "tests/api/studio_person.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

// An English article whose Norwegian translation has two wrong placeholders in the paragraph "b1".
ArticleId add_wrong(TestSite& site, Person& person) {
    Client me(site, accounts::Role::editor);
    const auto id =
        ArticleId(me.post("/api/v1/articles",
                          R"({"source_locale": "en", "translation": {"title": "Boats", "body": "Some boats."}})")
                      .integer("/id"));
    const auto sent = person.submit(form_path(id, "nb"), {{"s.title", "Båter"}, {"s.b1", "{n} og {m} båter."}}, "save");
    BOOST_TEST(sent.status == 303);
    return id;
}

void dismiss(TestSite& site, const std::string& path, int n, const std::string& reason) {
    Client me(site, accounts::Role::editor);
    const auto at = "/items/0/items/" + std::to_string(n) + "/id";
    const auto finding = me.get(path + "/checks").string(at);
    me.post(path + "/segments/b1/findings/" + finding + "/dismiss", R"({"reason": ")" + reason + "\"}");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(checks_in_the_studio)

STELE_ON_BOTH_DATABASES(errors_that_hold_a_publication_are_listed_with_their_places) {
    TestSite site(db);
    Person editor(site, "eva", Role::editor);
    const auto id = add_wrong(site, editor);
    const auto form = form_path(id, "nb");
    const auto held = editor.submit(form, {}, "publish").header("Location");
    BOOST_TEST(held == form + "?ask=checks");
    const auto page = editor.get(held);
    BOOST_TEST(has(page, "<a href=\"#s-b1\">"));
    BOOST_TEST(has(page, "The source has no {n}."));
    BOOST_TEST(has(page, "The source has no {m}."));
    BOOST_TEST(has(page, "publish-anyway"));

    const auto csrf = fields_of(page.text, form).at("csrf");
    const auto board = editor.post(
        "/studio/board",
        {{"csrf", csrf}, {"do", "publish"}, {"sure", "1"}, {"article", std::to_string(number(id))}, {"locale", "nb"}});
    BOOST_TEST(has(board, "The source has no {n}."));
}

STELE_ON_BOTH_DATABASES(errors_are_told_before_somebody_is_asked_to_review) {
    TestSite site(db);
    Person translator(site, "nils", Role::translator, {"nb", "ar"});
    const auto empty = translator.submit(form_path(site.harbour, "ar"), {}, "review-ask");
    BOOST_TEST(empty.status == 409);
    BOOST_TEST(has(empty, "There is no text to review yet"));
    const auto form = form_path(add_wrong(site, translator), "nb");
    const auto held = translator.submit(form, {{"note", "Is this right?"}}, "review-ask");
    BOOST_TEST(held.status == 409);
    BOOST_TEST(has(held, "<a href=\"#s-b1\">"));
    BOOST_TEST(has(held, "The source has no {m}."));
    BOOST_TEST(has(held, "Is this right?"));
    const auto fields = fields_of(held.text, form);
    BOOST_TEST(translator.send(form, fields, {}, "review-anyway").header("Location") == form + "?done=review-sent");
}

STELE_ON_BOTH_DATABASES(what_was_dismissed_is_counted_and_taken_back) {
    TestSite site(db);
    Person translator(site, "nils", Role::translator, {"nb"});
    const auto id = add_wrong(site, translator);
    const auto form = form_path(id, "nb");
    BOOST_TEST(!has(translator.get(form), "was dismissed"));
    dismiss(site, path_of(id, "nb"), 0, "Filled in later");
    const auto page = translator.get(form);
    BOOST_TEST(has(page, "1 finding of the checks that was dismissed"));
    BOOST_TEST(has(page, "Filled in later"));
    const auto action = "undo-finding " + between(page.text, "value=\"undo-finding ", "\"");
    const auto undone = translator.submit(form, {}, action).header("Location");
    BOOST_TEST(undone == form + "?done=dismissal-undone&open=b1#s-b1");
    BOOST_TEST(!has(translator.get(undone.substr(0, undone.find('#'))), "Filled in later"));
}

STELE_ON_BOTH_DATABASES(a_finding_is_dismissed_and_a_text_mended_without_script) {
    TestSite site(db);
    Person translator(site, "nils", Role::translator, {"nb"});
    const auto form = form_path(add_wrong(site, translator), "nb");
    // All that is typed goes along, and nothing is saved by looking.
    const auto open = translator.submit(form, {{"s.title", "Alle båter"}}, "look b1");
    BOOST_TEST(open.status == 200);
    BOOST_TEST(fields_of(open.text, form).at("s.title") == "Alle båter");
    BOOST_TEST(has(open, "The source has no {n}."));
    BOOST_TEST(!has(translator.get(form), "Alle båter"));
    const auto copied = translator.send(form, fields_of(open.text, form), {}, "copy b1");
    BOOST_TEST(fields_of(copied.text, form).at("s.b1") == "Some boats.");
    BOOST_TEST(fields_of(copied.text, form).at("s.title") == "Alle båter");

    const auto button = "dismiss b1 " + between(open.text, "value=\"dismiss b1 ", "\"");
    const auto refused = translator.submit(form, {}, button);
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(has(refused, "<a href=\"#reason\">"));
    const auto done = translator.send(form, fields_of(refused.text, form), {{"reason", "Filled in later"}}, button);
    BOOST_TEST(done.header("Location") == form + "?done=dismissed&open=b1#s-b1");
    const auto page = translator.get(form + "?open=b1");
    BOOST_TEST(has(page, "Filled in later"));
    BOOST_TEST(!has(page, "value=\"" + button + "\""));
    // What the checks do not say cannot be dismissed.
    BOOST_TEST(translator.submit(form, {{"reason", "No"}}, "dismiss b1 numbers.0").status == 404);
    BOOST_TEST(translator.submit(form, {}, "look nowhere").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
