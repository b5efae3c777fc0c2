// Who may do what: for every row of the route table a guest, somebody without the right, somebody with it.
#include <boost/test/unit_test.hpp>
#include <set>

#include "server/routes.hpp"
#include "src/accounts/links.hpp"
#include "src/accounts/tokens.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string a = "/api/v1/articles";
const std::string about_nb = a + "/about/translations/nb", about_en = a + "/about/translations/en";
const std::string harbour_en = a + "/harbour/translations/en";

std::string etag_of(TestSite& site, ArticleId id, const std::string& locale) {
    return site.translation(id, locale).version.etag();
}

const std::string new_page = R"({"source_locale": "en", "translation": {"title": "A new page"}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(permissions)

STELE_ON_BOTH_DATABASES(drafts_are_read_by_those_who_are_known) {
    TestSite site(db);
    std::vector<Scenario> scenarios;
    for (const auto& target : {about_nb, about_nb + "/segments", about_nb + "/revisions", about_nb + "/revisions/1",
                               std::string("/api/v1/worklist?locale=nb"), std::string("/api/v1/coverage")}) {
        scenarios.push_back({"guest",
                             guest,
                             "GET",
                             target,
                             {},
                             {},
                             401,
                             "unauthenticated",
                             {},
                             {{"WWW-Authenticate", R"(Bearer realm="Stele")"}}});
        scenarios.push_back({"a token of nobody",
                             guest,
                             "GET",
                             target,
                             {{"Authorization", "Bearer stele_x"}},
                             {},
                             401,
                             "invalid-token"});
        scenarios.push_back({"reader", reader, "GET", target});
        scenarios.push_back({"translator of another locale", only(translator, {"ar"}), "GET", target});
    }
    run(site, scenarios);
}

STELE_ON_BOTH_DATABASES(what_is_published_is_read_by_everybody) {
    TestSite site(db);
    run(site, {{"guest", guest, "GET", "/api/v1/locales"},
               {"guest", guest, "GET", "/api/v1/negotiate?accept=nb"},
               {"guest", guest, "GET", a + "?locale=nb"},
               {"guest", guest, "GET", a + "/about?locale=nb"},
               {"guest", guest, "GET", "/api/v1/pages/nb/om-oss"},
               {"guest", guest, "GET", "/api/v1/openapi.json"},
               {"guest", guest, "GET", "/healthz"},
               {"guest", guest, "GET", "/readyz"},
               {"guest: a draft", guest, "GET", a + "/welcome?locale=ar", {}, {}, 404, "article"},
               {"reader: a draft",
                reader,
                "GET",
                a + "/welcome?locale=ar",
                {},
                {},
                200,
                {},
                {{"/published_at", "null"}, {"/url", "null"}}}});
}

STELE_ON_BOTH_DATABASES(translations_are_written_in_ones_own_locales_and_sources_by_editors) {
    TestSite site(db);
    const std::string text = R"({"title": "Hvem vi er"})", source = R"({"title": "Who we are"})";
    const Headers seen_nb{{"If-Match", etag_of(site, site.about, "nb")}};
    const Headers seen_en{{"If-Match", etag_of(site, site.about, "en")}};
    run(site,
        {{"guest", guest, "PATCH", about_nb, seen_nb, text, 401, "unauthenticated"},
         {"reader", reader, "PATCH", about_nb, seen_nb, text, 403, "forbidden"},
         {"translator of ar", only(translator, {"ar"}), "PATCH", about_nb, seen_nb, text, 403, "forbidden"},
         {"translator of nb",
          only(translator, {"nb"}),
          "PATCH",
          about_nb,
          seen_nb,
          text,
          200,
          {},
          {{"/title", R"("Hvem vi er")"}}},
         {"translator: a source", translator, "PATCH", about_en, seen_en, source, 403, "forbidden"},
         {"editor of nb: a source in en", only(editor, {"nb"}), "PATCH", about_en, seen_en, source, 403, "forbidden"},
         {"editor of en: a source in en", only(editor, {"en"}), "PATCH", about_en, seen_en, source, 200},
         {"guest: what is not there", guest, "PUT", a + "/nothing/translations/nb", {}, text, 401, "unauthenticated"},
         {"translator: what is not there",
          translator,
          "PUT",
          a + "/nothing/translations/nb",
          {},
          text,
          404,
          "article"}});
}

STELE_ON_BOTH_DATABASES(publishing_and_keeping_are_an_editors) {
    TestSite site(db);
    const Headers seen{{"If-Match", etag_of(site, site.harbour, "en")}};
    const std::string keep = R"({"segments": "all"})";
    run(site, {{"guest", guest, "POST", harbour_en + "/publish", seen, {}, 401, "unauthenticated"},
               {"translator", translator, "POST", harbour_en + "/publish", seen, {}, 403, "forbidden"},
               {"editor of nb", only(editor, {"nb"}), "POST", harbour_en + "/publish", seen, {}, 403, "forbidden"},
               {"editor of en: the others, too", only(editor, {"en"}), "POST", harbour_en + "/publish", seen,
                R"({"locales": "published"})", 403, "forbidden"},
               {"editor of en", only(editor, {"en"}), "POST", harbour_en + "/publish", seen},
               {"guest", guest, "POST", harbour_en + "/unpublish", seen, {}, 401, "unauthenticated"},
               {"translator", translator, "POST", harbour_en + "/unpublish", seen, {}, 403, "forbidden"},
               {"guest", guest, "POST", harbour_en + "/keep", seen, keep, 401, "unauthenticated"},
               {"translator", translator, "POST", harbour_en + "/keep", seen, keep, 403, "forbidden"},
               {"editor of en: all", only(editor, {"en"}), "POST", harbour_en + "/keep", seen,
                R"({"segments": "all", "locales": "all"})", 403, "forbidden"},
               {"guest", guest, "DELETE", harbour_en + "/keep", seen, {}, 401, "unauthenticated"},
               {"translator", translator, "DELETE", harbour_en + "/keep", seen, {}, 403, "forbidden"},
               {"translator: what is published", translator, "DELETE", harbour_en, seen, {}, 403, "forbidden"}});
}

STELE_ON_BOTH_DATABASES(articles_are_an_editors_in_the_sources_locale) {
    TestSite site(db);
    const std::string change = R"({"priority": 3})";
    const Headers seen{{"If-Match", site.call("GET", a + "/about", site.token(accounts::Role::reader)).etag()}};
    run(site, {{"guest", guest, "POST", a, {}, new_page, 401, "unauthenticated"},
               {"translator", translator, "POST", a, {}, new_page, 403, "forbidden"},
               {"editor of nb", only(editor, {"nb"}), "POST", a, {}, new_page, 403, "forbidden"},
               {"editor of en", only(editor, {"en"}), "POST", a, {}, new_page, 201},
               {"guest", guest, "PATCH", a + "/about", seen, change, 401, "unauthenticated"},
               {"translator", translator, "PATCH", a + "/about", seen, change, 403, "forbidden"},
               {"editor of nb", only(editor, {"nb"}), "PATCH", a + "/about", seen, change, 403, "forbidden"},
               {"editor", editor, "PATCH", a + "/about", seen, change},
               {"guest", guest, "DELETE", a + "/welcome", {{"If-Match", "\"1.0\""}}, {}, 401, "unauthenticated"},
               {"translator", translator, "DELETE", a + "/welcome", {{"If-Match", "\"1.0\""}}, {}, 403, "forbidden"},
               {"editor", editor, "DELETE", a + "/welcome", {{"If-Match", "\"1.0\""}}, {}, 204},
               {"guest", guest, "POST", a + "/welcome/restore", {}, {}, 401, "unauthenticated"},
               {"translator", translator, "POST", a + "/welcome/restore", {}, {}, 403, "forbidden"},
               {"editor", editor, "POST", a + "/welcome/restore"}});
}

STELE_ON_BOTH_DATABASES(locales_are_an_administrators) {
    TestSite site(db);
    run(site, {{"guest", guest, "PUT", "/api/v1/locales/de", {}, "{}", 401, "unauthenticated"},
               {"editor", editor, "PUT", "/api/v1/locales/de", {}, "{}", 403, "forbidden"},
               {"admin of nb", only(admin, {"nb"}), "PUT", "/api/v1/locales/de", {}, "{}", 403, "forbidden"},
               {"admin",
                admin,
                "PUT",
                "/api/v1/locales/de",
                {},
                R"({"enabled": true})",
                200,
                {},
                {{"/locale", R"("de")"}, {"/enabled", "true"}}}});
}

STELE_ON_BOTH_DATABASES(a_token_ends_when_it_is_revoked_or_expires) {
    TestSite site(db);
    const auto store = site.store();
    const auto brief = accounts::create_token(
        store,
        {.name = "brief", .grants = {{accounts::Role::reader}}, .expires_at = store.now() + std::chrono::hours(1)});
    BOOST_TEST(site.call("GET", "/api/v1/coverage", brief).status == 200);
    site.advance(std::chrono::hours(1));
    BOOST_TEST(site.call("GET", "/api/v1/coverage", brief).status == 401);
    const auto secret = site.token(accounts::Role::reader);
    BOOST_TEST(site.call("GET", "/api/v1/coverage", secret).status == 200);
    accounts::revoke_token(store, "reader");
    BOOST_TEST(site.call("GET", "/api/v1/coverage", secret).status == 401);
}

STELE_ON_BOTH_DATABASES(a_sign_in_link_opens_one_session_and_a_session_needs_its_token_to_write) {
    TestSite site(db);
    const auto store = site.store();
    accounts::create_user(store, {.name = "kari", .grants = {{accounts::Role::translator}}});
    const auto code = accounts::create_sign_in_link(store, "kari");
    const auto opened = accounts::redeem_link(store, code);
    BOOST_REQUIRE(opened);
    BOOST_TEST(!accounts::redeem_link(store, code));
    const std::string cookie = "__Host-stele_session=" + opened->secret, text = R"({"title": "Hvem vi er"})";
    const auto tag = etag_of(site, site.about, "nb");
    run(site, {{"reads", guest, "GET", about_nb, {{"Cookie", cookie}}},
               {"writes without the token",
                guest,
                "PATCH",
                about_nb,
                {{"Cookie", cookie}, {"If-Match", tag}},
                text,
                403,
                "csrf"},
               {"writes with another",
                guest,
                "PATCH",
                about_nb,
                {{"Cookie", cookie}, {"If-Match", tag}, {"X-CSRF-Token", "x"}},
                text,
                403,
                "csrf"},
               {"writes with it",
                guest,
                "PATCH",
                about_nb,
                {{"Cookie", cookie}, {"If-Match", tag}, {"X-CSRF-Token", opened->session.csrf}},
                text}});
    BOOST_TEST(editing::list_revisions(store, site.about, locale::Tag::stored("nb"), 1, std::nullopt).front().actor ==
               "kari");
    accounts::end_session(store, opened->secret);
    run(site, {{"after the end", guest, "GET", about_nb, {{"Cookie", cookie}}, {}, 401, "unauthenticated"}});

    const auto late = accounts::create_sign_in_link(store, "kari");
    site.advance(accounts::link_lifetime);
    BOOST_TEST(!accounts::redeem_link(store, late));
    accounts::disable_user(store, "kari");
    BOOST_CHECK_THROW(accounts::create_sign_in_link(store, "kari"), Error);
}

BOOST_AUTO_TEST_CASE(every_row_of_the_api_that_changes_something_asks_for_a_permission) {
    for (const auto& route : routes().routes()) {
        if (!route.pattern.starts_with("/api/") || route.method == "GET") continue;
        BOOST_TEST_CONTEXT(route.method << " " << route.pattern) {
            BOOST_TEST(
                (route.value.permission != Permission::open && route.value.permission != Permission::read_published));
        }
    }
}

BOOST_AUTO_TEST_SUITE_END()
