// The editor's pages and what their scripts ask for; as a browser without script uses them.
#include <boost/test/unit_test.hpp>

#include "tests/api/studio_person.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

BOOST_AUTO_TEST_SUITE(studio_editor)

STELE_ON_BOTH_DATABASES(scripts_are_kept_for_ever_under_their_version_only) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto page = kari.get(form_path(site.harbour, "en"));
    const auto address = between(page.text, "<script type=\"module\" src=\"/studio/script/", "\"");
    const auto version = address.substr(0, address.find('/'));
    for (const auto* file : {"editor.mjs", "source.mjs", "saving.mjs", "shell.mjs"}) {
        const auto script = site.call("GET", "/studio/script/" + version + "/" + file);
        BOOST_TEST(script.status == 200);
        BOOST_TEST(script.header("Content-Type") == "text/javascript; charset=utf-8");
        BOOST_TEST(script.header("Cache-Control") == "public, max-age=31536000, immutable");
    }
    BOOST_TEST(site.call("GET", "/studio/script/" + version + "/editor.css").header("Content-Type") ==
               "text/css; charset=utf-8");
    const auto other = site.call("GET", "/studio/script/0123/editor.mjs");
    BOOST_TEST(other.status == 200);
    BOOST_TEST(other.header("Cache-Control") == "no-store");
    BOOST_TEST(site.call("GET", "/studio/script/" + version + "/shell.cpp").status == 404);
}

STELE_ON_BOTH_DATABASES(only_scripts_of_our_own_run_in_the_studio) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    for (const auto* locale : {"en", "nb"}) {
        const auto page = kari.get(form_path(site.harbour, locale));
        const auto policy = page.header("Content-Security-Policy");
        BOOST_TEST(policy.find("default-src 'none'; script-src 'self'; connect-src 'self'") == 0U);
        BOOST_TEST(policy.find("unsafe") == std::string::npos);
        for (size_t at = 0; (at = page.text.find("<script", at)) != std::string::npos; ++at) {
            const auto tag = page.text.substr(at, page.text.find('>', at) - at);
            BOOST_TEST((tag.find(" src=\"/studio/") != std::string::npos ||
                        tag.find("type=\"application/json\"") != std::string::npos));
        }
    }
}

STELE_ON_BOTH_DATABASES(what_a_save_of_the_source_would_do_is_told_and_not_done) {
    TestSite site(db);
    const auto path = "/api/v1/articles/harbour/translations/nb/consequences";
    const auto before = site.translation(site.harbour, "nb");
    const auto body = boost::json::serialize(
        boost::json::object{{"body", std::string(before.body).replace(before.body.find("i mai"), 5, "i juni")}});
    run(site,
        {{"guest", guest, "POST", path, {}, body, 401, "unauthenticated"},
         {"translator", translator, "POST", path, {}, body, 403, "forbidden"},
         {"not the source", editor, "POST", "/api/v1/articles/harbour/translations/en/consequences", {}, body, 404},
         {"editor",
          editor,
          "POST",
          path,
          {},
          body,
          200,
          {},
          {{"/segments/0/what", "\"changed\""}, {"/locales/0/locale", "\"en\""}, {"/locales/0/segments", "1"}}},
         {"nothing", editor, "POST", path, {}, "{}", 200, {}, {{"/segments", "[]"}, {"/locales", "[]"}}}});
    BOOST_TEST(site.translation(site.harbour, "nb").version.etag() == before.version.etag());
    BOOST_TEST(outdated(site, site.harbour, "en") == 0);
}

STELE_ON_BOTH_DATABASES(a_source_is_saved_with_all_that_is_said_with_it_or_not_at_all) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto path = form_path(site.harbour, "nb");
    auto fields = fields_of(kari.get(path).text, path);
    const auto before = site.translation(site.harbour, "nb");
    auto& body = fields["body"];
    body.replace(body.find("i mai"), 5, "i juni");
    fields["priority"] = "7";
    auto stale = fields;
    stale["article"] = "0";  // an article that this person has not seen: its priority may not be written
    stale["was.priority"] = "of another";
    BOOST_TEST(kari.send(path, stale, {}, "publish").status == 412);
    BOOST_TEST(site.translation(site.harbour, "nb").body == before.body);

    fields["keep"] = "1";
    BOOST_TEST(kari.send(path, fields, {}, "publish").header("Location") == path + "?done=published");
    BOOST_TEST(!site.translation(site.harbour, "nb").pending);
    BOOST_TEST(outdated(site, site.harbour, "en") == 0);
    BOOST_TEST(site.translation(site.harbour, "nb").body != before.body);
}

STELE_ON_BOTH_DATABASES(both_texts_of_a_shared_field_are_shown_and_other_fields_are_left_alone) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto path = form_path(site.harbour, "nb");
    const auto mine = fields_of(kari.get(path).text, path);
    const auto field = [&](const Fields& fields) {
        return std::ranges::find_if(fields, [](const auto& one) { return one.first.starts_with("shared."); })->first;
    }(mine);
    const auto now = [&](const std::string& name) { return fields_of(kari.get(path).text, path).at(name); };
    BOOST_REQUIRE_EQUAL(kari.send(path, mine, {{field, "2030-05-17"}}, "save").status, 303);
    // Made before that: the priority is nobody else's, and goes in.
    BOOST_REQUIRE_EQUAL(kari.send(path, mine, {{"priority", "4"}}, "save").status, 303);
    BOOST_TEST(now(field) == "2030-05-17");
    const auto refused = kari.send(path, mine, {{field, "2031-05-17"}, {"priority", "5"}}, "save");
    BOOST_TEST(refused.status == 412);
    BOOST_TEST(has(refused, "<a href=\"#f-" + field + "\">"));
    BOOST_TEST(has(refused, ">2030-05-17</blockquote>"));
    BOOST_TEST(has(refused, "The text as it is now</strong> 4"));
    auto again = fields_of(refused.text, path);
    BOOST_TEST(again.at(field) == "2031-05-17");
    BOOST_TEST(now(field) == "2030-05-17");
    BOOST_TEST(kari.send(path, again, {}, "save").status == 303);
    BOOST_TEST(now(field) == "2031-05-17");
    BOOST_TEST(now("priority") == "5");
}

STELE_ON_BOTH_DATABASES(the_head_names_who_changed_the_source_while_something_is_outdated_by_it) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor), omar(site, "omar", Role::translator, {"en"});
    const auto form = form_path(site.harbour, "en");
    BOOST_TEST(!has(omar.get(form), "id=\"source-changed\""));
    change_source(kari, site, "i mai", "i juni");
    BOOST_TEST(has(omar.get(form), "id=\"source-changed\""));
    const auto id = site.segment(site.harbour, "en", "Havna i byen");
    BOOST_TEST(omar.submit(form, {{"s." + id, "It opened in June."}}, "save").status == 303);
    BOOST_TEST(!has(omar.get(form), "id=\"source-changed\""));
}

STELE_ON_BOTH_DATABASES(what_is_not_done_in_a_text_is_told_to_who_sends_it_to_review_and_who_reviews) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor), omar(site, "omar", Role::translator, {"en"}),
        rita(site, "rita", Role::reviewer, {"en"});
    const auto form = form_path(site.harbour, "en");
    change_source(kari, site, "i mai", "i juni");
    const auto id = site.segment(site.harbour, "en", "Havna i byen");
    const auto sent = omar.submit(form, {}, "review-ask").header("Location");
    BOOST_TEST(sent == form + "?done=review-sent");
    const auto page = omar.get(sent);
    BOOST_TEST(has(page, "Not all of it is done."));
    BOOST_TEST(has(page, "<li><a href=\"#s-" + id + "\">"));
    BOOST_TEST(!has(omar.get(form), "Not all of it is done."));
    BOOST_TEST(has(rita.get("/studio/reviews/en"), "Outdated: 1"));
}

STELE_ON_BOTH_DATABASES(a_summary_of_mistakes_names_the_kind_and_the_number_of_a_part) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto form = form_path(site.harbour, "en");
    const auto id = site.segment(site.harbour, "en", "Det er plass");
    const auto answer = kari.submit(form, {{"s." + id, "One.\n\nTwo."}}, "save");
    BOOST_TEST(answer.status == 422);
    const auto summary = between(answer.text, "<a href=\"#s-" + id + "\"><bdi>", "</bdi>");
    BOOST_TEST(summary.starts_with("Paragraph "));
    BOOST_TEST(has(answer, "One.\n\nTwo."));
}

STELE_ON_BOTH_DATABASES(a_translation_goes_its_own_way_and_comes_back) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto form = form_path(site.harbour, "en");
    const auto body = site.translation(site.harbour, "en").body;
    BOOST_TEST(kari.submit(form, {}, "independent").header("Location") == form + "?done=mode");
    BOOST_TEST((site.translation(site.harbour, "en").mode == content::Mode::independent));
    BOOST_TEST(kari.submit(form, {{"s.body", body + "\n\nA paragraph of its own.\n"}}, "save").status == 303);
    // The way back would lose a paragraph: it is refused, and says which.
    const auto refused = kari.submit(form, {}, "aligned");
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(has(refused, "A paragraph of its own."));
    BOOST_TEST(kari.submit(form, {{"s.body", body}}, "save").status == 303);
    BOOST_TEST(kari.submit(form, {}, "aligned").header("Location") == form + "?done=mode");
    const auto now = site.translation(site.harbour, "en");
    BOOST_TEST((now.mode == content::Mode::aligned));
    BOOST_TEST(now.body == body);
}

STELE_ON_BOTH_DATABASES(a_text_is_sent_to_review_approved_and_put_on_the_calendar_without_script) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"en"}), rita(site, "rita", Role::reviewer, {"en"});
    const auto form = form_path(site.harbour, "en");
    BOOST_TEST(!has(omar.get(form), "value=\"review-approve\""));
    BOOST_TEST(omar.submit(form, {{"s.title", "Open again"}, {"note", "Is “again” right?"}}, "review-ask")
                   .header("Location") == form + "?done=review-sent");
    const auto asked = rita.get(form);
    for (const auto* text : {"Waiting for review", "Is “again” right?", "omar"}) BOOST_TEST(has(asked, text));
    BOOST_TEST(omar.submit(form, {}, "review-approve").status == 403);
    BOOST_TEST(rita.submit(form, {}, "review-approve").header("Location") == form + "?done=review");
    BOOST_TEST(has(omar.get(form), "Approved"));
    BOOST_TEST(omar.submit(form, {{"publish_at", "2100-01-01T10:00"}}, "schedule").status == 403);
    BOOST_TEST(rita.submit(form, {{"publish_at", "yesterday"}}, "schedule").status == 422);
}

BOOST_AUTO_TEST_SUITE_END()
