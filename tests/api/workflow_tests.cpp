// What people agree on around texts, through the API: who may, what is answered, and what a person is told.
#include <boost/test/unit_test.hpp>

#include "server/digest_letter.hpp"
#include "src/accounts/links.hpp"
#include "src/workflow/assignments.hpp"
#include "src/workflow/looks.hpp"
#include "src/workflow/schedule.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string a = "/api/v1/articles";
const std::string harbour_en = a + "/harbour/translations/en", about_nb = a + "/about/translations/nb";

// Somebody with a session, as a browser would be.
class Person {
  public:
    Person(TestSite& s, const std::string& name, accounts::Role role, const std::vector<std::string>& locales)
        : site(s) {
        accounts::Grant grant{.role = role};
        for (const auto& text : locales) grant.locales.push_back(locale::Tag::stored(text));
        accounts::create_user(site.store(), {.name = name, .grants = {grant}});
        const auto code = accounts::create_sign_in_link(site.store(), name);
        opened_ = accounts::redeem_link(site.store(), code).value();
    }
    Answer call(const std::string& method, const std::string& target, const std::string& body = {},
                const std::string& etag = {}) {
        Headers headers{{"Cookie", "__Host-stele_session=" + opened_.secret}, {"X-CSRF-Token", opened_.session.csrf}};
        if (!etag.empty()) headers.emplace_back("If-Match", etag);
        return site.call(method, target, {}, body, headers);
    }
    Answer form(const std::string& target, const std::string& body) {
        return site.call("POST", target, {}, "csrf=" + opened_.session.csrf + "&" + body,
                         {{"Cookie", "__Host-stele_session=" + opened_.secret},
                          {"Content-Type", "application/x-www-form-urlencoded"}});
    }
    TestSite& site;

  private:
    accounts::Opened opened_;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(workflow_api)

STELE_ON_BOTH_DATABASES(a_review_is_asked_for_by_translators_and_decided_by_reviewers) {
    TestSite site(db);
    const Headers seen{{"If-Match", site.translation(site.harbour, "en").version.etag()}};
    const std::string ask = R"({"status": "requested", "note": "ready, I think"})";
    const std::string approve = R"({"status": "approved", "step": 1})", none = R"({"status": "none", "step": 2})";
    const auto path = harbour_en + "/review";
    const Who reviewer{accounts::Role::reviewer};
    run(site,
        {{"guest", guest, "PUT", path, {}, ask, 401, "unauthenticated"},
         {"reader", reader, "PUT", path, {}, ask, 403, "forbidden"},
         {"translator of nb", only(translator, {"nb"}), "PUT", path, {}, ask, 403, "forbidden"},
         {"translator decides", translator, "PUT", path, seen, approve, 403, "forbidden"},
         {"a made-up status", translator, "PUT", path, {}, R"({"status": "done"})", 422, "invalid"},
         {"translator",
          translator,
          "PUT",
          path,
          {},
          ask,
          200,
          {},
          {{"/status", R"("requested")"}, {"/note", R"("ready, I think")"}}},
         {"what waits",
          reader,
          "GET",
          "/api/v1/reviews?locale=en",
          {},
          {},
          200,
          {},
          {{"/items/0/key", R"("harbour")"}, {"/items/0/review/requested_by", R"("token:translator")"}}},
         {"another status", reader, "GET", "/api/v1/reviews?status=approved", {}, {}, 400, "parameter"},
         {"unseen", reviewer, "PUT", path, {}, approve, 428, "precondition-required"},
         {"the review unseen", reviewer, "PUT", path, seen, R"({"status": "approved"})", 428, "review-step"},
         {"an older text", reviewer, "PUT", path, {{"If-Match", "\"1.1\""}}, approve, 412, "version-conflict"},
         {"approved", reviewer, "PUT", path, seen, approve, 200, {}, {{"/status", R"("approved")"}}},
         {"as it stood before", translator, "PUT", path, {}, R"({"status": "none", "step": 1})", 412, "review-moved"},
         {"translator takes it back", translator, "PUT", path, {}, none, 403, "forbidden"},
         {"read",
          reader,
          "GET",
          path,
          {},
          {},
          200,
          {},
          {{"/status", R"("approved")"}, {"/steps/1/status", R"("requested")"}}},
         {"nothing to review",
          translator,
          "PUT",
          a + "/welcome/translations/en/review",
          {},
          ask,
          409,
          "review-nothing"}});
}

STELE_ON_BOTH_DATABASES(a_comment_is_changed_by_its_writer_and_deleted_by_administrators_too) {
    TestSite site(db);
    Client tove(site, accounts::Role::translator, {"en"}), other(site, accounts::Role::translator);
    const auto made = tove.post(harbour_en + "/comments", R"({"segment": "title", "text": "Is it open?"})");
    BOOST_REQUIRE_EQUAL(made.status, 201);
    const auto path = made.header("Location");
    const auto n = std::to_string(made.integer("/id"));
    BOOST_TEST(other.post(harbour_en + "/comments", R"({"thread": )" + n + R"(, "text": "Yes"})").integer("/thread") ==
               made.integer("/id"));
    run(site, {{"reader", reader, "POST", harbour_en + "/comments", {}, R"({"text": "x"})", 403, "forbidden"},
               {"who writes the source",
                only(editor, {"nb"}),
                "POST",
                harbour_en + "/comments",
                {},
                R"({"text": "Do ask"})",
                201},
               {"who writes another",
                only(editor, {"ar"}),
                "POST",
                harbour_en + "/comments",
                {},
                R"({"text": "x"})",
                403,
                "forbidden"},
               {"an unknown segment",
                translator,
                "POST",
                harbour_en + "/comments",
                {},
                R"({"segment": "b99", "text": "x"})",
                422,
                "invalid"},
               {"another's", translator, "PATCH", path, {}, R"({"text": "Not mine"})", 403, "not-own"},
               {"resolve",
                translator,
                "PATCH",
                path,
                {},
                R"({"resolved": true})",
                200,
                {},
                {{"/resolved_by", R"("token:translator")"}}},
               {"nothing", translator, "PATCH", path, {}, "{}", 422, "invalid"},
               {"of one segment",
                reader,
                "GET",
                harbour_en + "/comments?segment=title&limit=1",
                {},
                {},
                200,
                {},
                {{"/items/0/id", n}}},
               {"delete another's", translator, "DELETE", path, {}, {}, 403, "not-own"},
               {"delete any", admin, "DELETE", path, {}, {}, 204},
               {"gone",
                reader,
                "GET",
                harbour_en + "/comments",
                {},
                {},
                200,
                {},
                {{"/items/0/deleted", "true"}, {"/items/0/text", R"("")"}}},
               {"no such", admin, "DELETE", "/api/v1/comments/0", {}, {}, 404, "comment"}});
}

STELE_ON_BOTH_DATABASES(work_is_given_by_reviewers_and_taken_by_translators) {
    TestSite site(db);
    Person tove(site, "tove", accounts::Role::translator, {"en", "nb"});
    Person amir(site, "amir", accounts::Role::translator, {"nb"});
    Person rita(site, "rita", accounts::Role::reviewer, {"nb"});
    const auto path = about_nb + "/assignment";
    BOOST_TEST(tove.call("PUT", path, R"({"account": "amir"})").status == 403);
    BOOST_TEST(tove.call("PUT", path, R"({"account": "tove", "due": "2026-12-01"})").string("/due") == "2026-12-01");
    const auto taken = amir.call("PUT", path, R"({"account": "amir"})");
    BOOST_TEST(taken.status == 409);
    BOOST_TEST(taken.string("/type") == "urn:stele:assigned");
    BOOST_TEST(taken.string("/detail").starts_with("tove has taken this text already."));
    BOOST_TEST(amir.call("DELETE", path).status == 403);
    BOOST_TEST(rita.call("PUT", path, R"({"account": "amir", "due": "2026-13-01"})").status == 422);
    BOOST_TEST(rita.call("PUT", path, R"({"account": "amir", "due": null})").string("/assigned_by") == "rita");
    auto mine = amir.call("GET", "/api/v1/assignments");
    BOOST_TEST(mine.string("/items/0/key") == "about");
    BOOST_TEST(mine.string("/items/0/assignment/account") == "amir");
    const auto told = amir.call("GET", "/api/v1/notifications?unread=1");
    BOOST_TEST(told.string("/items/0/kind") == "assigned");
    BOOST_TEST(told.integer("/unread") == 1);
    BOOST_TEST(amir.call("POST", "/api/v1/notifications/read", R"({"up_to": ")" + told.string("/items/0/at") + R"("})")
                   .status == 204);
    BOOST_TEST(amir.call("GET", "/api/v1/notifications").integer("/unread") == 0);
    BOOST_TEST(site.call("GET", "/api/v1/notifications", site.token(accounts::Role::admin)).status == 401);
    const auto bulk = fmt::format(
        R"({{"account": "tove", "items": [{{"article_id": {0}, "locale": "nb"}}, {{"article_id": {0}, "locale": "en"}},
            {{"article_id": 999, "locale": "nb"}}]}})",
        number(site.statement));
    const auto result = rita.call("POST", "/api/v1/assignments", bulk);
    BOOST_TEST(result.integer("/done") == 1);
    BOOST_TEST(result["/refused"].as_array().size() == 2);
    BOOST_TEST(rita.call("GET", "/api/v1/people?locale=nb")["/items"].as_array().size() == 3);
    BOOST_TEST(rita.call("GET", "/api/v1/people?locale=nb&q=RIT")["/items"].as_array().size() == 1);
    const auto first = rita.call("GET", "/api/v1/people?limit=2");
    BOOST_TEST(first["/items"].as_array().size() == 2);
    BOOST_TEST(first.header("Link").find("rel=\"next\"") != std::string::npos);
    BOOST_TEST(amir.call("DELETE", path).status == 204);
    BOOST_TEST(amir.call("GET", path).status == 404);
}

STELE_ON_BOTH_DATABASES(whoever_is_refused_finds_it_among_what_they_were_told_until_they_open_the_text) {
    TestSite site(db);
    Person tove(site, "tove", accounts::Role::translator, {"en"});
    Person amir(site, "amir", accounts::Role::translator, {"en"});
    const auto seen = site.translation(site.harbour, "en").version.etag();
    BOOST_TEST(amir.call("PATCH", harbour_en, R"({"title": "Amir's"})", seen).status == 200);
    BOOST_TEST(tove.call("PATCH", harbour_en, R"({"title": "Tove's"})", seen).status == 412);
    const auto told = tove.call("GET", "/api/v1/notifications?unread=1");
    BOOST_TEST(told.string("/items/0/kind") == "conflict");
    BOOST_TEST(told.string("/items/0/actor") == "amir");
    int woken = 0;
    site.app.agenda_changed = [&] { ++woken; };
    BOOST_TEST(tove.call("GET", "/studio/articles/" + std::to_string(number(site.harbour)) + "/en").status == 200);
    BOOST_TEST(woken == 1);
    site.app.looks->write(site.store());
    BOOST_TEST(tove.call("GET", "/api/v1/notifications").integer("/unread") == 0);
    BOOST_TEST(amir.call("GET", "/api/v1/notifications").integer("/unread") == 0);
}

STELE_ON_BOTH_DATABASES(a_time_is_set_by_whoever_may_publish) {
    TestSite site(db);
    const auto path = harbour_en + "/schedule";
    const std::string times = R"({"publish_at": "2026-11-23T09:00:00+01:00", "unpublish_at": "2026-12-01T00:00:00Z"})";
    int woken = 0;
    site.app.agenda_changed = [&] { ++woken; };
    run(site, {{"translator", translator, "PUT", path, {}, times, 403, "forbidden"},
               {"no time", editor, "PUT", path, {}, R"({"publish_at": "tomorrow"})", 422, "invalid"},
               {"a time that has passed",
                editor,
                "PUT",
                path,
                {},
                R"({"publish_at": "2026-11-21T00:00:00Z"})",
                422,
                "invalid"},
               {"editor",
                editor,
                "PUT",
                path,
                {},
                times,
                200,
                {},
                {{"/publish/at", R"("2026-11-23T08:00:00Z")"}, {"/unpublish/actor", R"("token:editor")"}}},
               {"unseen", editor, "PUT", path, {}, times, 428, "schedule"},
               {"another's", editor, "PUT", path, {{"If-Match", "\"7\""}}, times, 412, "schedule-moved"},
               {"unseen", editor, "DELETE", path, {}, {}, 428, "schedule"},
               {"read", reader, "GET", path, {}, {}, 200, {}, {{"/publish/actor", R"("token:editor")"}}}});
    BOOST_TEST(woken == 1);
    Client client(site, accounts::Role::editor);
    const auto saved =
        client.patch(harbour_en, R"({"title": "Open at last"})", site.translation(site.harbour, "en").version.etag());
    site.advance(std::chrono::hours(30));
    BOOST_TEST(workflow::run_due(site.store(), site.app.checks).done == 1);
    BOOST_TEST(site.call("GET", a + "/harbour?locale=en").string("/title/text") == "Open at last");
    BOOST_TEST(client.del(path, client.get(path).etag()).status == 204);
    BOOST_TEST(to_text(client.get(path)["/unpublish"]) == "null");
}

STELE_ON_BOTH_DATABASES(those_who_are_there_see_each_other) {
    TestSite site(db);
    Person tove(site, "tove", accounts::Role::translator, {"en"});
    Person rita(site, "rita", accounts::Role::reviewer, {"en"});
    const auto path = harbour_en + "/presence";
    BOOST_TEST(tove.call("PUT", path, R"({"segment": "title"})")["/others"].as_array().empty());
    const auto others = rita.call("PUT", path);
    BOOST_TEST(others.string("/others/0/name") == "tove");
    BOOST_TEST(others.string("/others/0/segment") == "title");
    BOOST_TEST(tove.call("DELETE", path).status == 204);
    BOOST_TEST(rita.call("PUT", path)["/others"].as_array().empty());
    BOOST_TEST(site.call("PUT", path).status == 401);
}

STELE_ON_BOTH_DATABASES(a_letter_says_what_is_new_in_ones_own_language) {
    TestSite site(db);
    const auto store = site.store();
    const auto nb = locale::Tag::stored("nb");
    const auto user = accounts::create_user(
        store, {.name = "kari", .grants = {{accounts::Role::translator, {}}}, .mail = "kari@example.org"});
    workflow::assign(store, site.about, nb, {"kari", {}}, {.name = "edda", .grants = {{accounts::Role::editor, {}}}});
    auto person = workflow::find_person(store, "kari").value();
    person.interface_locale = nb;
    const auto items = workflow::list_notifications(store, user.id, {}).items;
    const auto letter = digest_letter(site.app, person, items, true);
    BOOST_TEST(letter.to == "kari@example.org");
    BOOST_TEST(letter.subject == "1 ting du ikke har lest ennå");
    BOOST_TEST(letter.text.find("edda tildelte deg «Om oss» (norsk bokmål).") != std::string::npos, letter.text);
    BOOST_TEST(letter.text.find("https://stele.test/studio/articles/") != std::string::npos);
    BOOST_TEST(letter.text.find("https://stele.test/studio/notifications") != std::string::npos);
}

STELE_ON_BOTH_DATABASES(a_page_shows_what_one_has_been_told_and_makes_the_address_of_feeds) {
    TestSite site(db);
    Person tove(site, "tove", accounts::Role::translator, {"nb"});
    Person rita(site, "rita", accounts::Role::reviewer, {"nb"});
    BOOST_TEST(tove.call("GET", "/studio/notifications").text.find("Nothing new.") != std::string::npos);
    rita.call("PUT", about_nb + "/assignment", R"({"account": "tove"})");
    const auto page = tove.call("GET", "/studio/notifications?unread=1");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.text.find("rita assigned") != std::string::npos);
    const auto at = page.text.find("name=\"up_to\" value=\"");
    BOOST_REQUIRE(at != std::string::npos);
    const auto up_to = page.text.substr(at + 20, page.text.find('"', at + 20) - at - 20);
    BOOST_TEST(tove.form("/studio/notifications/read", "up_to=" + up_to).status == 303);
    BOOST_TEST(tove.call("GET", "/studio/notifications?unread=1").text.find("rita assigned") == std::string::npos);
    BOOST_TEST(tove.form("/studio/notifications/digest", "x=1").status == 303);

    const auto made = tove.form("/studio/notifications/feed", "action=make").text;
    const auto from = made.find("https://stele.test/feeds/worklist/nb/");
    BOOST_REQUIRE(from != std::string::npos);
    const auto path = made.substr(from + 18, made.find('<', from) - from - 18);
    const auto feed = site.call("GET", path);
    BOOST_TEST(feed.status == 200);
    BOOST_TEST(feed.header("Content-Type") == "application/atom+xml; charset=utf-8");
    BOOST_TEST(feed.header("Cache-Control") == "private, no-cache");
    BOOST_TEST(feed.text.find("<title xml:lang=\"nb\">Om oss</title>") != std::string::npos);
    BOOST_TEST(feed.text.find("/studio/articles/") != std::string::npos);
    BOOST_TEST(site.call("GET", path, {}, {}, {{"If-None-Match", feed.etag()}}).status == 304);
    BOOST_TEST(site.call("GET", path.substr(0, path.size() - 5)).status == 404);
    BOOST_TEST(site.call("GET", "/feeds/worklist/nb/stele_feed_x.atom").status == 404);
    tove.form("/studio/notifications/feed", "action=revoke");
    BOOST_TEST(site.call("GET", path).status == 404);
}

BOOST_AUTO_TEST_SUITE_END()
