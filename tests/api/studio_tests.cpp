// The studio through dispatch(), as a browser without script uses it: links, forms, cookies.
#include <boost/test/unit_test.hpp>

#include "tests/api/studio_person.hpp"

using namespace stele;
using namespace stele::testing;

BOOST_AUTO_TEST_SUITE(studio)

STELE_ON_BOTH_DATABASES(a_link_signs_in_once_and_only_when_its_button_is_pressed) {
    TestSite site(db);
    accounts::create_user(site.store(), {.name = "kari", .grants = {{Role::editor}}});
    const auto link = "/studio/sign-in/" + accounts::create_sign_in_link(site.store(), "kari");
    BOOST_TEST(site.call("GET", link).status == 200);
    BOOST_TEST(site.call("GET", link).header("Set-Cookie").empty());

    const auto signed_in = site.call("POST", link);
    BOOST_TEST(signed_in.status == 303);
    const auto cookie = signed_in.header("Set-Cookie");
    BOOST_TEST(cookie.starts_with("__Host-stele_session="));
    for (const auto* part : {"; Path=/", "; HttpOnly", "; SameSite=Lax", "; Secure"})
        BOOST_TEST(cookie.find(part) != std::string::npos);
    BOOST_TEST(site.call("POST", link).status == 410);
    BOOST_TEST(site.call("POST", link, {}, {}, {{"Sec-Fetch-Site", "cross-site"}}).status == 403);
}

STELE_ON_BOTH_DATABASES(guests_are_sent_to_the_page_that_says_how_to_get_in) {
    TestSite site(db);
    for (const auto& target : {std::string("/studio"), std::string("/studio/worklist/en"), std::string("/studio/new"),
                               form_path(site.harbour, "en")}) {
        const auto answer = site.call("GET", target);
        BOOST_TEST(answer.status == 303);
        BOOST_TEST(answer.header("Location").starts_with("/studio/sign-in"));
    }
    const auto lost = site.call("POST", form_path(site.harbour, "en"), {}, "s.title=Half+an+hour+of+work",
                                {{"Content-Type", "application/x-www-form-urlencoded"}});
    BOOST_TEST(lost.status == 401);
    BOOST_TEST(has(lost, "Half an hour of work"));
    BOOST_TEST(has(lost, "<bdi>Title</bdi>"));
    BOOST_TEST(has(lost, "href=\"/studio/sign-in?next="));
}

STELE_ON_BOTH_DATABASES(whatever_was_typed_comes_back_when_the_session_is_over) {
    TestSite site(db);
    const auto sent = [&](const std::string& path, const Fields& fields) {
        return site.call("POST", path, {}, encoded(fields), {{"Content-Type", "application/x-www-form-urlencoded"}});
    };
    const auto review = sent(form_path(site.harbour, "en"), {{"note", "Two hours of reading"}, {"was.b1", "a print"}});
    BOOST_TEST(review.status == 401);
    BOOST_TEST(has(review, "Two hours of reading"));
    BOOST_TEST(!has(review, "a print"));
    const Fields term{{"text", "harbour"},     {"texts", "havn\nhamn"}, {"forbidden", "brygge"},
                      {"said-note", "By law"}, {"was-said", "a print"}, {"version", "1234567"}};
    const auto lost = sent("/studio/terms/new", term);
    BOOST_TEST(lost.status == 401);
    for (const auto* typed : {"harbour", "havn\nhamn", "brygge", "By law"}) BOOST_TEST(has(lost, typed));
    for (const auto* other : {"a print", "1234567"}) BOOST_TEST(!has(lost, other));
    const auto secret = sent("/studio/account/password", {{"csrf", "a token"}, {"old", "hush"}, {"password", "hush"}});
    BOOST_TEST(!has(secret, "a token"));
    BOOST_TEST(!has(secret, "hush"));
}

STELE_ON_BOTH_DATABASES(a_form_without_its_token_changes_nothing_and_keeps_the_text) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto path = form_path(site.harbour, "en");
    auto fields = fields_of(kari.get(path).text, path);
    fields["csrf"] = "guessed";
    const auto answer = kari.send(path, fields, {{"s.title", "Another title"}}, "save");
    BOOST_TEST(answer.status == 403);
    BOOST_TEST(has(answer, "Another title"));
    BOOST_TEST(site.translation(site.harbour, "en").title == "The harbour reopens");
}

STELE_ON_BOTH_DATABASES(one_changed_sentence_is_one_outdated_segment_until_it_is_translated_and_published) {
    TestSite site(db);
    Person editor(site, "kari", Role::editor), translator(site, "omar", Role::translator, {"en"});
    const auto source = form_path(site.harbour, "nb"), form = form_path(site.harbour, "en");

    auto fields = fields_of(editor.get(source).text, source);
    auto& body = fields["body"];
    body.replace(body.find("i mai"), 5, "i juni");
    const auto review = editor.send(source, fields, {}, "review");
    BOOST_TEST(review.status == 200);
    BOOST_TEST(has(review, "1 segment becomes outdated in English"));
    BOOST_TEST(outdated(site, site.harbour, "en") == 0);
    BOOST_TEST(editor.send(source, fields_of(review.text, source), {}, "publish").status == 303);
    BOOST_TEST(outdated(site, site.harbour, "en") == 1);

    BOOST_TEST(has(translator.get("/studio/worklist/en"), "The harbour reopens"));
    const auto shown = translator.get(form);
    BOOST_TEST(has(shown, "<del>mai</del><ins>juni</ins>"));
    BOOST_TEST(!has(shown, "value=\"publish\""));
    const auto id = site.segment(site.harbour, "en", "Havna i byen");
    BOOST_TEST(translator.submit(form, {{"s." + id, "The town's harbour reopens in June."}}, "save").status == 303);
    BOOST_TEST(outdated(site, site.harbour, "en") == 0);
    BOOST_TEST(!has(site.call("GET", "/en/harbour"), "in June"));

    BOOST_TEST(translator.submit(form, {}, "publish").status == 403);
    const auto published = editor.submit(form, {}, "publish");
    BOOST_TEST(published.header("Location") == form + "?done=published");
    BOOST_TEST(has(site.call("GET", "/en/harbour"), "in June"));
}

STELE_ON_BOTH_DATABASES(saving_a_form_that_was_not_touched_changes_nothing) {
    TestSite site(db);
    Person kari(site, "kari", Role::admin);
    for (const auto& [id, locale] : {std::pair{site.harbour, "en"}, {site.harbour, "nb"}, {site.statement, "en"}}) {
        const auto before = site.translation(id, locale).version;
        const auto path = form_path(id, locale);
        BOOST_TEST(kari.submit(path, {}, "save").header("Location") == path + "?done=unchanged");
        BOOST_TEST(site.translation(id, locale).version.etag() == before.etag());
    }
}

STELE_ON_BOTH_DATABASES(two_people_in_one_form_lose_nothing) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor), omar(site, "omar", Role::editor);
    const auto form = form_path(site.harbour, "en");
    const auto before = fields_of(kari.get(form).text, form);
    // Omar writes title and summary; Kari, who still has the old form open, another title and a paragraph.
    omar.submit(form, {{"s.title", "Open again"}, {"s.summary", "Two years on."}}, "save");
    const auto id = site.segment(site.harbour, "en", "Det er plass");
    const auto conflict =
        kari.send(form, before, {{"s.title", "The harbour is back"}, {"s." + id, "Room for many boats."}}, "save");
    BOOST_TEST(conflict.status == 412);
    for (const auto* text : {"The harbour is back", "Open again", "Room for many boats.", "Two years on.", "omar"})
        BOOST_TEST(has(conflict, text));
    BOOST_TEST(site.translation(site.harbour, "en").title == "Open again");

    // Both texts were shown; sent again, hers stands, and his summary too.
    const auto again = kari.send(form, fields_of(conflict.text, form), {}, "save");
    BOOST_TEST(again.status == 303);
    const auto now = site.translation(site.harbour, "en");
    BOOST_TEST(now.title == "The harbour is back");
    BOOST_TEST(now.summary == "Two years on.");
    BOOST_TEST(now.body.find("Room for many boats.") != std::string::npos);
}

STELE_ON_BOTH_DATABASES(different_segments_do_not_conflict) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor), omar(site, "omar", Role::editor);
    const auto form = form_path(site.harbour, "en");
    const auto before = fields_of(kari.get(form).text, form);
    omar.submit(form, {{"s.title", "Open again"}}, "save");
    // Saved; what Omar wrote has not been seen, so it is not published unseen.
    const auto answer = kari.send(form, before, {{"s.summary", "Two years on."}}, "publish");
    BOOST_TEST(answer.header("Location") == form + "?done=moved");
    BOOST_TEST(has(kari.get(form + "?done=moved"),
                   "<p class=\"alert\" role=\"alert\" tabindex=\"-1\" autofocus>Your text is saved"));
    const auto now = site.translation(site.harbour, "en");
    BOOST_TEST(now.title == "Open again");
    BOOST_TEST(now.summary == "Two years on.");
    BOOST_TEST(now.pending);
}

STELE_ON_BOTH_DATABASES(a_mistake_keeps_every_typed_text) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto form = form_path(site.harbour, "en");
    const auto id = site.segment(site.harbour, "en", "Det er plass");
    const auto refused =
        kari.submit(form, {{"s." + id, "One block.\n\nAnd another."}, {"s.title", "New <b>title</b>"}}, "save");
    BOOST_TEST(refused.status == 422);
    const auto fields = fields_of(refused.text, form);
    BOOST_TEST(fields.at("s." + id) == "One block.\n\nAnd another.");
    BOOST_TEST(fields.at("s.title") == "New <b>title</b>");
    BOOST_TEST(!has(refused, "<b>title</b>"));
    BOOST_TEST(has(refused, "href=\"#s-" + id + "\""));
    BOOST_TEST(kari.send(form, fields, {{"s." + id, "One block."}}, "save").status == 303);
    BOOST_TEST(site.translation(site.harbour, "en").title == "New <b>title</b>");
}

STELE_ON_BOTH_DATABASES(a_taken_address_is_said_beside_its_field) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto form = form_path(site.harbour, "en");
    const auto refused = kari.submit(form, {{"slug", "about"}, {"s.title", "New title"}}, "save");
    BOOST_TEST(refused.status == 409);
    BOOST_TEST(fields_of(refused.text, form).at("slug") == "about");
    BOOST_TEST(fields_of(refused.text, form).at("s.title") == "New title");
    BOOST_TEST(has(refused, "href=\"#slug\""));
}

STELE_ON_BOTH_DATABASES(incomplete_translations_are_published_only_when_asked_for) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto form = form_path(site.statement, "nb");
    const auto asked = kari.submit(form, {{"s.title", "Hva vi står for"}}, "publish");
    BOOST_TEST(asked.header("Location") == form + "?done=saved&ask=incomplete");
    BOOST_TEST(has(kari.get(asked.header("Location")), "value=\"publish-incomplete\""));
    BOOST_TEST(!site.translation(site.statement, "nb").published);
    BOOST_TEST(kari.submit(form, {}, "publish-incomplete").header("Location") == form + "?done=published");
    BOOST_TEST(site.translation(site.statement, "nb").published);
    BOOST_TEST(kari.submit(form, {}, "unpublish").header("Location") == form + "?done=unpublished");
    BOOST_TEST(!site.translation(site.statement, "nb").published);
}

STELE_ON_BOTH_DATABASES(an_unchanged_meaning_is_said_of_a_segment) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    change_source(kari, site, "i mai", "nå i mai");
    BOOST_TEST(outdated(site, site.harbour, "en") == 1);
    const auto form = form_path(site.harbour, "en");
    const auto id = site.segment(site.harbour, "en", "Havna i byen");
    const auto before = fields_of(kari.get(form).text, form);

    // Said of a source that has changed again since it was read: not taken.
    change_source(kari, site, "nå i mai", "først i juli");
    BOOST_TEST(kari.send(form, before, {{"keep." + id, "1"}}, "save").status == 409);
    BOOST_TEST(outdated(site, site.harbour, "en") == 1);

    BOOST_TEST(kari.submit(form, {{"keep." + id, "1"}}, "save").header("Location") == form + "?done=kept");
    BOOST_TEST(outdated(site, site.harbour, "en") == 0);
}

STELE_ON_BOTH_DATABASES(an_unchanged_meaning_spares_only_what_this_save_touches) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    change_source(kari, site, "flere båter", "hundre båter");
    BOOST_TEST(outdated(site, site.harbour, "en") == 1);
    const auto source = form_path(site.harbour, "nb");
    auto fields = fields_of(kari.get(source).text, source);
    auto& body = fields["body"];
    body.replace(body.find("i mai"), 5, "nå i mai");
    body.replace(body.find("hundre båter"), 13, "hundre små båter");
    BOOST_TEST(kari.send(source, fields, {{"keep", "1"}}, "save").status == 303);
    // The paragraph that was outdated before stays so; the other one is spared.
    BOOST_TEST(outdated(site, site.harbour, "en") == 1);
}

STELE_ON_BOTH_DATABASES(shared_fields_and_the_priority_are_edited_with_the_source) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto source = form_path(site.statement, "en");
    const auto wrong = kari.submit(source, {{"shared.date", "yesterday"}, {"shared.signatories", "[1,"}}, "review");
    BOOST_TEST(wrong.status == 422);
    BOOST_TEST(fields_of(wrong.text, source).at("shared.signatories") == "[1,");
    BOOST_TEST(has(wrong, "href=\"#f-shared.date\""));

    const auto rows = R"([{"city":"Bergen"}])";
    const auto saved =
        kari.submit(source, {{"shared.date", "2025-07-01"}, {"shared.signatories", rows}, {"priority", "7"}}, "save");
    BOOST_TEST(saved.header("Location") == source + "?done=saved");
    const auto article = editing::find_article(site.store(), "statement").value();
    BOOST_TEST(article.priority == 7);
    BOOST_TEST(to_text(article.shared.at("signatories")) == rows);
    BOOST_TEST(to_text(article.shared.at("date")) == "\"2025-07-01\"");
}

STELE_ON_BOTH_DATABASES(a_new_article_is_written_from_nothing) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor, {"nb"});
    auto fields = fields_of(kari.get("/studio/new").text, "/studio/new");
    fields["source_locale"] = "nb";
    fields["title"] = "";
    fields["body"] = "Hei.\n";
    const auto refused = kari.post("/studio/new", fields);
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(fields_of(refused.text, "/studio/new").at("body") == "Hei.\n");
    fields["title"] = "Fyret";
    const auto created = kari.post("/studio/new", fields);
    BOOST_TEST(created.status == 303);
    const auto article = editing::find_article(site.store(), "fyret");
    BOOST_REQUIRE(article.has_value());
    BOOST_TEST(site.translation(article->id, "nb").body == "Hei.\n");
    fields["source_locale"] = "en";
    BOOST_TEST(kari.post("/studio/new", fields).status == 403);
}

STELE_ON_BOTH_DATABASES(a_preview_link_works_without_an_account_for_an_hour) {
    TestSite site(db);
    Person kari(site, "kari", Role::translator, {"en"});
    const auto form = form_path(site.harbour, "en");
    const auto sent = kari.submit(form, {{"s.title", "Not published yet"}}, "preview");
    BOOST_TEST(sent.header("Location") == form + "/preview");
    const auto link = kari.get(form + "/preview").header("Location");
    BOOST_TEST(link.starts_with("/preview/"));

    const auto page = site.call("GET", link);
    BOOST_TEST(page.status == 200);
    BOOST_TEST(has(page, "Not published yet"));
    BOOST_TEST(page.header("Cache-Control") == "no-store");
    BOOST_TEST(page.header("X-Robots-Tag") == "noindex");
    BOOST_TEST(!has(site.call("GET", "/en/harbour"), "Not published yet"));

    auto other = link;
    other.replace(other.find(".en."), 4, ".nb.");
    BOOST_TEST(site.call("GET", other).status == 404);
    BOOST_TEST(site.call("GET", "/preview/").status == 404);
    site.advance(std::chrono::hours(1));
    BOOST_TEST(site.call("GET", link).status == 404);
}

STELE_ON_BOTH_DATABASES(a_worklist_shows_only_what_its_account_may_translate) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"nb"});
    BOOST_TEST(omar.get("/studio/worklist").header("Location") == "/studio/worklist/nb");
    const auto list = omar.get("/studio/worklist/nb");
    BOOST_TEST(has(list, "href=\"/studio/worklist/nb\""));
    BOOST_TEST(has(omar.get("/studio"), "href=\"/studio/worklist/nb\""));
    BOOST_TEST(!has(omar.get("/studio"), "href=\"/studio/worklist/en\""));
    BOOST_TEST(!has(list, "href=\"/studio/worklist/en\""));
    BOOST_TEST(has(list, form_path(site.statement, "nb")));
    BOOST_TEST(!has(omar.get("/studio/worklist/nb?state=outdated"), form_path(site.statement, "nb")));
    // Others' texts can be read, not written.
    BOOST_TEST(has(omar.get(form_path(site.harbour, "en")), "readonly"));
    BOOST_TEST(omar.submit(form_path(site.harbour, "en"), {{"s.title", "Mine"}}, "save").status == 403);
    BOOST_TEST(omar.submit(form_path(site.harbour, "nb"), {{"title", "Min"}}, "save").status == 403);
}

STELE_ON_BOTH_DATABASES(the_interface_speaks_the_account_s_language_and_content_keeps_its_own) {
    TestSite site(db);
    Person kari(site, "kari", Role::admin);
    const auto page = kari.get("/studio/worklist/ar?state=all");
    auto fields = fields_of(page.text, "/studio/language");
    fields["language"] = "nb";
    const auto back = kari.post("/studio/language", fields);
    BOOST_TEST(back.header("Location") == "/studio/worklist/ar?state=all");
    const auto form = kari.get(form_path(site.harbour, "ar"));
    BOOST_TEST(form.text.find("<html lang=\"nb\" dir=\"ltr\">") != std::string::npos);
    BOOST_TEST(has(form, "lang=\"ar\" dir=\"rtl\""));
    fields["here"] = "//elsewhere.test/studio";
    BOOST_TEST(kari.post("/studio/language", fields).header("Location") == "/studio");
}

STELE_ON_BOTH_DATABASES(signing_out_ends_the_session) {
    TestSite site(db);
    Person kari(site, "kari", Role::reader);
    const auto fields = fields_of(kari.get("/studio/worklist/en").text, "/studio/sign-out");
    BOOST_TEST(kari.post("/studio/sign-out", fields).status == 303);
    BOOST_TEST(kari.get("/studio/worklist/en").header("Location") == "/studio/sign-in?next=%2Fstudio%2Fworklist%2Fen");
}

BOOST_AUTO_TEST_SUITE_END()
