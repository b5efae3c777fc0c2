// Callers who may not, or not any more.
#include "src/accounts/tokens.hpp"
#include "tests/api/studio_person.hpp"
#include "tests/hostile/site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

// Does something between the look at the caller and the write: the clock is what a save asks in between.
void between(HostileSite& site, int looks, const std::function<void()>& action) {
    auto clock = site.app.now;
    auto left = std::make_shared<std::atomic<int>>(looks);
    site.app.now = [clock, left, action] {
        if (--*left == 0) action();
        return clock();
    };
}

struct Write {
    std::string name, method, target, body, etag;
};

std::vector<Write> writes_of(HostileSite& site) {
    const auto nb = site.translation(site.about, "nb").version.etag(),
               en = site.translation(site.about, "en").version.etag();
    const std::string about_nb = articles + "/about/translations/nb";
    return {{"create", "POST", articles, R"({"translation": {"title": "T"}})", ""},
            {"change", "PATCH", articles + "/about", R"({"priority": 3})", "\"1.x\""},
            {"delete", "DELETE", articles + "/about", "", "\"1.x\""},
            {"source", "PATCH", articles + "/about/translations/en", R"({"title": "T"})", en},
            {"translation", "PATCH", about_nb, R"({"title": "T"})", nb},
            {"a new one", "PUT", articles + "/about/translations/ar", R"({"title": "T"})", ""},
            {"no translation", "DELETE", about_nb, "", nb},
            {"publish", "POST", about_nb + "/publish", R"({"incomplete": true})", nb},
            {"unpublish", "POST", about_nb + "/unpublish", "", nb}};
}

Answer send(HostileSite& site, const Write& write, Headers headers) {
    if (!write.etag.empty()) headers.emplace_back("If-Match", write.etag);
    headers.emplace_back("Accept-Language", "nb");
    return site.call(write.method, write.target, {}, write.body, headers);
}

// Without the tables of tokens and the like, which the revocation itself changes, and what the log says of them.
Dump content_of(HostileSite& site) {
    auto dump = site.dump();
    for (const std::string table : {"token", "session", "account", "sign_in_link", "attention"}) dump.erase(table);
    std::erase_if(dump["change"], [](const std::string& row) {
        for (const auto* kind : {"token-", "user-", "sign-in"})
            if (row.find(kind) != std::string::npos) return true;
        return false;
    });
    return dump;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(callers)

STELE_ON_BOTH_DATABASES(a_token_that_is_revoked_while_it_writes_writes_nothing) {
    HostileSite site(db);
    const auto before = content_of(site);
    for (const auto& write : writes_of(site)) {
        BOOST_TEST_CONTEXT(write.name) {
            const auto store = site.store();
            const auto secret = accounts::create_token(store, {.name = "brief", .grants = {{accounts::Role::admin}}});
            const auto clock = site.app.now;
            // The first look finds the caller.
            between(site, 2, [&] { accounts::revoke_token(store, "brief"); });
            const auto answer = send(site, write, {{"Authorization", "Bearer " + secret}});
            site.app.now = clock;
            BOOST_TEST(answer.status == 401, answer);
            BOOST_TEST(answer.string("/type") == "urn:stele:invalid-token");
            BOOST_TEST(answer.string("/detail").find("administrator") != std::string::npos);
            BOOST_TEST((content_of(site) == before), difference(before, content_of(site)));
            BOOST_TEST(accounts::list_tokens(store).front().revoked_at.has_value());
        }
    }
}

STELE_ON_BOTH_DATABASES(a_session_that_ends_while_it_writes_writes_nothing) {
    HostileSite site(db);
    const auto before = content_of(site);
    const auto store = site.store();
    int n = 0;
    for (const auto& write : writes_of(site)) {
        BOOST_TEST_CONTEXT(write.name) {
            const auto name = "kari" + std::to_string(++n);
            accounts::create_user(store, {.name = name, .grants = {{accounts::Role::admin}}});
            const auto opened = accounts::redeem_link(store, accounts::create_sign_in_link(store, name));
            BOOST_REQUIRE(opened);
            const auto clock = site.app.now;
            between(site, 2, [&] {
                n % 2 ? accounts::disable_user(store, name) : accounts::end_session(store, opened->secret);
            });
            const auto answer = send(
                site, write, {{"Cookie", "stele_session=" + opened->secret}, {"X-CSRF-Token", opened->session.csrf}});
            site.app.now = clock;
            BOOST_TEST(answer.status == 401, answer);
            BOOST_TEST(answer.string("/type") == "urn:stele:session");
            BOOST_TEST((content_of(site) == before), difference(before, content_of(site)));
        }
    }
}

STELE_ON_BOTH_DATABASES(a_form_whose_session_ended_while_it_was_saved_shows_what_was_typed) {
    HostileSite site(db);
    Person kari(site, "kari", Role::translator);
    const auto path = form_path(site.harbour, "en");
    const auto fields = fields_of(kari.get(path).text, path);
    const auto before = content_of(site);
    const auto clock = site.app.now;
    const auto store = site.store();
    between(site, 2, [&] { accounts::disable_user(store, "kari"); });
    const auto page = kari.send(path, fields, {{"s.title", "Half an hour of work"}}, "save");
    site.app.now = clock;
    BOOST_TEST(page.status == 401);
    BOOST_TEST(has(page, "Half an hour of work"));
    BOOST_TEST((content_of(site) == before), difference(before, content_of(site)));
}

STELE_ON_BOTH_DATABASES(who_may_not_is_told_nothing_of_drafts) {
    HostileSite site(db);
    Client client(site, accounts::Role::editor);
    BOOST_REQUIRE(client.put(articles + "/harbour/translations/ar", R"({"title": "SECRETDRAFT"})").status == 200);
    const Who ours = only(translator, {"nb"});
    (void)site.token(*ours.role, ours.locales);
    const auto before = site.dump();
    const auto etag = site.translation(site.harbour, "ar").version.etag();
    std::vector<Case> cases;
    for (const auto& [method, below, body] :
         std::vector<std::tuple<std::string, std::string, std::string>>{{"PUT", "", R"({"title": "T"})"},
                                                                        {"PATCH", "", R"({"title": "T"})"},
                                                                        {"DELETE", "", ""},
                                                                        {"POST", "/publish", ""},
                                                                        {"POST", "/unpublish", ""},
                                                                        {"POST", "/keep", R"({"segments": "all"})"},
                                                                        {"DELETE", "/keep", ""},
                                                                        {"POST", "/revisions/1/restore", ""}}) {
        const auto target = articles + "/harbour/translations/ar" + below;
        for (const auto& headers : {test::Headers{}, test::Headers{{"If-Match", etag}}}) {
            cases.push_back({"another locale's token",
                             ours,
                             method,
                             target,
                             body,
                             403,
                             "forbidden",
                             {},
                             "Ask an administrator",
                             headers});
            const auto answer =
                site.send(method, target, site.token(accounts::Role::translator, {"nb"}), body, headers);
            BOOST_TEST(answer.body.find("SECRETDRAFT") == std::string::npos);
            BOOST_TEST(!answer.has_header("ETag"));
        }
        const auto stranger = site.send(method, target, {}, body, {{"If-Match", etag}});
        const auto nowhere =
            site.send(method, articles + "/nothing/translations/ar" + below, {}, body, {{"If-Match", etag}});
        BOOST_TEST(stranger.status == 401);
        BOOST_TEST(stranger.body == nowhere.body);  // a guest cannot tell a draft from nothing
    }
    refuse_all(site, cases);
    // In a language that an article is only a draft in, and of an article that is only a draft, guests find nothing.
    const auto draft = site.send("GET", articles + "/welcome"), nothing = site.send("GET", articles + "/nothing");
    BOOST_TEST(draft.status == 404);
    BOOST_TEST(draft.body == nothing.body);
    for (const auto& target :
         {articles + "?locale=ar", articles + "/harbour?locale=ar", std::string("/ar/"), std::string("/ar/harbour"),
          std::string("/api/v1/pages/ar/welcome-ar"), std::string("/ar/welcome-ar")})
        BOOST_TEST(site.send("GET", target).body.find("SECRETDRAFT") == std::string::npos);
    BOOST_TEST((site.dump() == before));
}

BOOST_AUTO_TEST_SUITE_END()
