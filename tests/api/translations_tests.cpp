// The working text: whole and in part, published, kept, brought back; and what is left to do.
#include <boost/test/unit_test.hpp>

#include "src/worklist/locales.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string a = "/api/v1/articles";
const std::string about_nb = a + "/about/translations/nb", about_ar = a + "/about/translations/ar";
const std::string harbour_nb = a + "/harbour/translations/nb", harbour_en = a + "/harbour/translations/en";

}  // namespace

BOOST_AUTO_TEST_SUITE(translations)

STELE_ON_BOTH_DATABASES(what_is_not_there_yet_has_version_0) {
    TestSite site(db);
    Client client(site, accounts::Role::translator);
    const auto nothing = client.get(about_ar);
    BOOST_TEST(nothing.status == 200);
    BOOST_TEST(nothing.integer("/version") == 0);
    BOOST_TEST(nothing.string("/state") == "untranslated");
    // The source's version: its publication raised it.
    BOOST_TEST(nothing.etag() == "\"0.2\"");
    BOOST_TEST(client.get(a + "/about/translations/fi").status == 404);
    const auto made =
        client.put(about_ar, R"({"title": "من نحن", "body": "نحن شبكة صغيرة.\n\nاكتبوا إلينا.\n"})", nothing.etag());
    BOOST_TEST(made.status == 200);
    BOOST_TEST(made.string("/state") == "ready");
    BOOST_TEST(made.etag() == "\"1.2\"");
}

STELE_ON_BOTH_DATABASES(a_put_is_the_whole_text_and_a_patch_a_part) {
    TestSite site(db);
    Client client(site, accounts::Role::translator);
    auto seen = site.translation(site.harbour, "en").version.etag();
    auto saved = client.patch(harbour_en, R"({"title": "The harbour is open"})", seen);
    BOOST_TEST(saved.string("/summary") == "After two years of work.");
    BOOST_TEST(saved["/pending"].as_bool());
    BOOST_TEST(saved["/published"].as_bool());
    saved = client.put(harbour_en, R"({"title": "The harbour is open"})", saved.etag());
    BOOST_REQUIRE_EQUAL(saved.status, 200);
    BOOST_TEST(saved.string("/summary") == "");
    BOOST_TEST(saved.string("/slug") == "harbour");
    BOOST_TEST(saved.string("/state") == "incomplete");
    // What a translation may not add.
    run(site, {{"a summary",
                translator,
                "PATCH",
                about_nb,
                {{"If-Match", site.translation(site.about, "nb").version.etag()}},
                R"({"summary": "Kort om oss."})",
                422,
                "invalid",
                {{"/errors/0/pointer", R"("/summary")"}}},
               {"a segment of nobody",
                translator,
                "PATCH",
                harbour_en,
                {{"If-Match", saved.etag()}},
                R"({"segments": [{"id": "b999", "text": "x"}]})",
                422,
                "invalid"}});
}

STELE_ON_BOTH_DATABASES(an_incomplete_translation_is_published_when_it_is_asked_for) {
    TestSite site(db);
    Client client(site, accounts::Role::editor);
    const auto seen = site.translation(site.about, "nb").version.etag();
    const auto refused = client.post(about_nb + "/publish", "", seen);
    BOOST_TEST(refused.status == 409);
    BOOST_TEST(refused.string("/type") == "urn:stele:publish-incomplete");
    BOOST_TEST(refused.integer("/missing") == 1);
    const auto published = client.post(about_nb + "/publish", R"({"incomplete": true})", seen);
    BOOST_TEST(published.status == 200);
    const auto withdrawn = client.post(about_nb + "/unpublish", "", published.etag());
    BOOST_TEST(withdrawn.status == 200);
    BOOST_TEST(!withdrawn["/published"].as_bool());
    BOOST_TEST(site.call("GET", a + "/about?locale=nb").string("/resolved_locale") == "en");
    BOOST_TEST(client.del(about_nb, withdrawn.etag()).status == 204);
    BOOST_TEST(client.get(about_nb).integer("/version") == 0);
}

STELE_ON_BOTH_DATABASES(a_meaning_that_did_not_change_is_kept_and_the_keeping_undone) {
    TestSite site(db);
    Client client(site, accounts::Role::editor);
    const auto source = client.get(harbour_nb);
    BOOST_REQUIRE(client.patch(harbour_nb, R"({"title": "Havna åpner på ny"})", source.etag()).status == 200);
    auto now = client.get(harbour_en);
    BOOST_TEST(now.string("/state") == "outdated");
    BOOST_TEST(client.post(harbour_en + "/keep", "{}", now.etag()).status == 422);
    BOOST_TEST(client.post(harbour_en + "/keep", R"({"segments": []})", now.etag()).status == 422);
    auto kept = client.post(harbour_en + "/keep", R"({"segments": ["title"], "reason": "a synonym"})", now.etag());
    BOOST_REQUIRE_EQUAL(kept.status, 200);
    BOOST_TEST(kept.integer("/segments/outdated") == 0);
    const auto segments = client.get(harbour_en + "/segments");
    BOOST_TEST(segments["/items/0/kept"].as_bool());
    kept = client.del(harbour_en + "/keep", kept.etag());
    BOOST_REQUIRE_EQUAL(kept.status, 200);
    BOOST_TEST(kept.string("/state") == "outdated");
}

STELE_ON_BOTH_DATABASES(a_former_text_is_read_and_brought_back) {
    TestSite site(db);
    Client client(site, accounts::Role::editor);
    const auto seen = client.get(harbour_en);
    const auto saved = client.patch(harbour_en, R"({"title": "The port reopens"})", seen.etag());
    auto revisions = client.get(harbour_en + "/revisions?limit=1");
    BOOST_TEST(revisions.string("/items/0/actor") == "token:editor");
    BOOST_TEST(revisions.string("/items/0/action") == "save");
    const auto next = revisions.string("/next");
    BOOST_REQUIRE(!next.empty());
    revisions = client.get(harbour_en + "/revisions?after=" + next);
    BOOST_TEST(to_text(revisions["/next"]) == "null");
    const auto n = std::to_string(revisions["/items"].as_array().back().at("n").as_int64());
    BOOST_TEST(client.get(harbour_en + "/revisions/" + n).string("/title") == "The harbour reopens");
    const auto restored = client.post(harbour_en + "/revisions/" + n + "/restore", "", saved.etag());
    BOOST_REQUIRE_EQUAL(restored.status, 200);
    BOOST_TEST(restored.string("/title") == "The harbour reopens");
    BOOST_TEST(client.post(harbour_en + "/revisions/" + n + "/restore", "", saved.etag()).status == 412);
}

STELE_ON_BOTH_DATABASES(worklists_and_coverage_say_what_is_left) {
    TestSite site(db);
    run(site, {{"nb",
                reader,
                "GET",
                "/api/v1/worklist?locale=nb&sort=words",
                {},
                {},
                200,
                {},
                {{"/total", "3"}, {"/items/0/key", R"("about")"}}},
               {"incomplete",
                reader,
                "GET",
                "/api/v1/worklist?locale=nb&state=incomplete",
                {},
                {},
                200,
                {},
                {{"/total", "1"},
                 {"/items/0/key", R"("about")"},
                 {"/items/0/segments", R"({"total":3,"missing":1,"outdated":0})"},
                 {"/items/0/title", R"({"text":"Om oss","lang":"nb","dir":"ltr"})"},
                 {"/items/0/resolved_locale", R"("nb")"}}},
               {"own sources when asked for",
                reader,
                "GET",
                "/api/v1/worklist?locale=nb&state=current",
                {},
                {},
                200,
                {},
                {{"/items/0/key", R"("harbour")"}}},
               {"nothing pending",
                reader,
                "GET",
                "/api/v1/worklist?locale=en&pending=1&state=ready",
                {},
                {},
                200,
                {},
                {{"/items", "[]"}}}});
    const auto coverage = site.call("GET", "/api/v1/coverage", site.token(accounts::Role::reader));
    for (const auto& item : coverage["/items"].as_array()) {
        if (item.at("locale").as_string() != "nb") continue;
        BOOST_TEST(item.at_pointer("/states/incomplete/articles").as_int64() == 1);
        BOOST_TEST(item.at_pointer("/states/untranslated/articles").as_int64() == 2);
        BOOST_TEST(item.at_pointer("/source/articles").as_int64() == 1);
    }
}

STELE_ON_BOTH_DATABASES(a_new_locale_is_served_when_it_is_filled) {
    TestSite site(db);
    Client client(site, accounts::Role::admin);
    int told = 0;
    site.app.orders_changed = [&] { ++told; };
    const auto put = client.put("/api/v1/locales/nn", R"({"enabled": true, "position": 9})");
    BOOST_REQUIRE_EQUAL(put.status, 200);
    BOOST_TEST(put["/filling"].as_bool());
    BOOST_TEST(told == 1);
    worklist::fill_orders(site.store());
    // nn falls back to nb by CLDR.
    run(site, {{"list",
                guest,
                "GET",
                a + "?locale=nn",
                {},
                {},
                200,
                {},
                {{"/total", "3"}, {"/items/0/resolved_locale", R"("nb")"}}},
               {"negotiation",
                guest,
                "GET",
                "/api/v1/negotiate?explain=1",
                {{"Accept-Language", "nn-NO, en;q=0.5"}},
                {},
                200,
                {},
                {{"/locale", R"("nn")"}},
                {{"Vary", "Accept-Language"}}},
               {"own chain", admin, "PUT", "/api/v1/locales/nn", {}, R"({"fallback": ["nn"]})", 428},
               {"itself",
                admin,
                "PUT",
                "/api/v1/locales/nn",
                {{"If-Match", put.etag()}},
                R"({"fallback": ["nn"]})",
                422,
                "invalid"},
               {"a chain",
                admin,
                "PUT",
                "/api/v1/locales/nn",
                {{"If-Match", put.etag()}},
                R"({"fallback": ["ar"]})",
                200,
                {},
                {{"/fallback", R"(["ar"])"}}},
               {"the default",
                admin,
                "PUT",
                "/api/v1/locales/en",
                {{"If-Match", "\"1\""}},
                R"({"enabled": false})",
                422,
                "invalid"},
               {"junk", admin, "PUT", "/api/v1/locales/norsk!", {}, "{}", 404, "not-a-tag"}});
}

BOOST_AUTO_TEST_SUITE_END()
