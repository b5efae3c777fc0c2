// Tags, locales, keys and addresses that cannot be.
#include "tests/hostile/site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

std::string page_with(const std::string& members) {
    return R"({"source_locale": "en", "translation": {"title": "A title"}, )" + members + "}";
}
std::string page_at(const std::string& slug) {
    return R"({"translation": {"title": "A title", "slug": ")" + slug + R"("}})";
}

// Each as it stands in a path, in a query and in a body.
const std::vector<std::string> junk{"nb_NO",
                                    "x",
                                    "i-klingon",
                                    "en-GB-oed",
                                    "norsk!",
                                    "en--US",
                                    "en-",
                                    "-en",
                                    "und",
                                    "C",
                                    "nb-ZZZZZZZZZZ",
                                    "1234",
                                    "en-u-co-phonebk",
                                    "a-b-c-d-e",
                                    std::string(65, 'a'),
                                    "x-private"};

}  // namespace

BOOST_AUTO_TEST_SUITE(names)

STELE_ON_BOTH_DATABASES(what_is_no_tag_is_called_so_wherever_it_stands) {
    HostileSite site(db);
    std::vector<Case> cases;
    for (const auto& tag : junk) {
        const auto in_path = http::percent_encoded(tag);
        cases.push_back({"path", translator, "PATCH", articles + "/about/translations/" + in_path, R"({"title": "T"})",
                         404, "not-a-tag", "parameter locale", "such as nb"});
        cases.push_back({"query",
                         reader,
                         "GET",
                         "/api/v1/worklist?locale=" + in_path,
                         {},
                         400,
                         "parameter",
                         "parameter locale",
                         "such as nb"});
        cases.push_back({"body", editor, "POST", articles, page_with(R"("priority": 1)").replace(19, 2, tag), 422,
                         "invalid", "pointer /source_locale", "such as nb"});
    }
    for (const auto& [method, below, who] :
         std::vector<std::tuple<std::string, std::string, Who>>{{"GET", "", reader},
                                                                {"PUT", "", translator},
                                                                {"DELETE", "", translator},
                                                                {"GET", "/segments", reader},
                                                                {"GET", "/revisions", reader},
                                                                {"GET", "/revisions/1", reader},
                                                                {"POST", "/revisions/1/restore", translator},
                                                                {"POST", "/publish", editor},
                                                                {"POST", "/unpublish", editor},
                                                                {"POST", "/keep", editor},
                                                                {"DELETE", "/keep", editor}})
        cases.push_back({"path", who, method, articles + "/about/translations/nb_NO" + below, "{}", 404, "not-a-tag",
                         "parameter locale", "such as nb"});
    cases.push_back(
        {"enabled", admin, "PUT", "/api/v1/locales/nb_NO", "{}", 404, "not-a-tag", "parameter locale", "such as nb"});
    cases.push_back(
        {"page", guest, "GET", "/api/v1/pages/nb_NO/om-oss", {}, 404, "not-a-tag", "parameter locale", "such as nb"});
    cases.push_back(
        {"list", guest, "GET", articles + "?locale=nb_NO", {}, 400, "parameter", "parameter locale", "such as nb"});
    cases.push_back(
        {"article", guest, "GET", articles + "/about?locale=", {}, 400, "parameter", "parameter locale", "such as nb"});
    cases.push_back({"chain", admin, "PUT", "/api/v1/locales/de", R"({"fallback": ["nb", "nb_NO"]})", 422, "invalid",
                     "pointer /fallback/1", "such as nb"});
    cases.push_back({"kept", editor, "POST", articles + "/about/translations/nb/keep",
                     R"({"segments": "all", "locales": ["nb_NO"]})", 422, "invalid", "pointer /locales/0",
                     "such as nb"});
    refuse_all(site, cases);
}

STELE_ON_BOTH_DATABASES(a_locale_that_is_not_enabled_is_refused_for_every_verb) {
    HostileSite site(db);
    const std::string fi = articles + "/about/translations/fi", text = R"({"title": "Meistä"})";
    const test::Headers seen{{"If-Match", "\"1.1\""}};
    const std::string says = "fi is not enabled on this site. An administrator";
    refuse_all(site, {{"get", reader, "GET", fi, {}, 404, "locale", {}, says},
                      {"put", translator, "PUT", fi, text, 404, "locale", {}, says},
                      {"patch", translator, "PATCH", fi, text, 404, "locale", {}, says, seen},
                      {"delete", translator, "DELETE", fi, {}, 404, "locale", {}, says, seen},
                      {"segments", reader, "GET", fi + "/segments", {}, 404, "locale", {}, says},
                      {"revisions", reader, "GET", fi + "/revisions", {}, 404, "locale", {}, says},
                      {"revision", reader, "GET", fi + "/revisions/1", {}, 404, "locale", {}, says},
                      {"restore", translator, "POST", fi + "/revisions/1/restore", {}, 404, "locale", {}, says, seen},
                      {"publish", editor, "POST", fi + "/publish", {}, 404, "locale", {}, says, seen},
                      {"unpublish", editor, "POST", fi + "/unpublish", {}, 404, "locale", {}, says, seen},
                      {"keep", editor, "POST", fi + "/keep", R"({"segments": "all"})", 404, "locale", {}, says, seen},
                      {"undo", editor, "DELETE", fi + "/keep", {}, 404, "locale", {}, says, seen},
                      {"list", guest, "GET", articles + "?locale=fi", {}, 404, "locale", {}, says},
                      {"article", guest, "GET", articles + "/about?locale=fi", {}, 404, "locale", {}, says},
                      {"page", guest, "GET", "/api/v1/pages/fi/about", {}, 404, "locale", {}, says},
                      {"worklist", reader, "GET", "/api/v1/worklist?locale=fi", {}, 404, "locale", {}, says},
                      {"kept",
                       editor,
                       "POST",
                       articles + "/about/translations/nb/keep",
                       R"({"segments": "all", "locales": ["fi"]})",
                       422,
                       "invalid",
                       "pointer /locales/0",
                       "enable it first",
                       {{"If-Match", site.translation(site.about, "nb").version.etag()}}},
                      {"source", editor, "POST", articles, R"({"source_locale": "fi", "translation": {"title": "T"}})",
                       422, "invalid", "pointer /source_locale", "enable it first"},
                      {"chain", admin, "PUT", "/api/v1/locales/de", R"({"fallback": ["fi"]})", 422, "invalid",
                       "pointer /fallback/0", "Add it first"},
                      {"default",
                       admin,
                       "PUT",
                       "/api/v1/locales/en",
                       R"({"enabled": false})",
                       422,
                       "invalid",
                       "pointer /enabled",
                       "stays enabled",
                       {{"If-Match", "\"1\""}}},
                      {"source in use",
                       admin,
                       "PUT",
                       "/api/v1/locales/nb",
                       R"({"enabled": false})",
                       409,
                       "locale-in-use",
                       {},
                       "another source language",
                       {{"If-Match", "\"1\""}}}});
}

STELE_ON_BOTH_DATABASES(a_key_or_an_address_that_is_taken_is_refused_with_its_owner) {
    HostileSite site(db);
    const auto en = site.translation(site.harbour, "en").version.etag();
    refuse_all(site, {{"a key", editor, "POST", articles, page_with(R"("key": "about")"), 409, "key-taken",
                       "pointer /key", "Choose another"},
                      {"a key, changed",
                       editor,
                       "PATCH",
                       articles + "/about",
                       R"({"key": "harbour"})",
                       409,
                       "key-taken",
                       "pointer /key",
                       "Choose another",
                       {{"If-Match", "\"1.x\""}}},
                      {"a slug", editor, "POST", articles, page_at("about"), 409, "slug-taken",
                       "pointer /translation/slug", "Choose another"},
                      {"a translation's slug",
                       translator,
                       "PATCH",
                       articles + "/harbour/translations/en",
                       R"({"slug": "about"})",
                       409,
                       "slug-taken",
                       "pointer /slug",
                       "Choose another",
                       {{"If-Match", en}}},
                      {"a source's slug",
                       editor,
                       "PATCH",
                       articles + "/about/translations/en",
                       R"({"slug": "harbour"})",
                       409,
                       "slug-taken",
                       "pointer /slug",
                       "Choose another",
                       {{"If-Match", site.translation(site.about, "en").version.etag()}}}});
}

STELE_ON_BOTH_DATABASES(of_two_who_take_a_key_at_once_one_has_it) {
    HostileSite site(db);
    const auto token = site.token(accounts::Role::editor);
    std::vector<int> statuses(4);
    std::vector<std::thread> people;
    for (auto& status : statuses)
        people.emplace_back([&] {
            test::HttpClient client(site.port());
            status = client
                         .post(articles, page_with(R"("key": "wanted")"),
                               {{"Authorization", "Bearer " + token}, {"Content-Type", "application/json"}})
                         .status;
        });
    for (auto& person : people) person.join();
    BOOST_TEST(std::count(statuses.begin(), statuses.end(), 201) == 1);
    BOOST_TEST(std::count(statuses.begin(), statuses.end(), 409) == 3);
}

STELE_ON_BOTH_DATABASES(reserved_words_and_the_tags_of_locales_are_no_names) {
    HostileSite site(db);
    std::vector<Case> cases;
    for (const std::string word : {"api", "studio", "assets", "healthz", "robots.txt", "nb", "no", "ar", "search"}) {
        cases.push_back({"a key", editor, "POST", articles, page_with(R"("key": ")" + word + "\""), 422, "invalid",
                         "pointer /key", "Choose another"});
        cases.push_back({"a slug", editor, "POST", articles, page_at(word), 422, "invalid", "pointer /translation/slug",
                         "Choose another"});
    }
    const auto key = [&](const std::string& written, const std::string& says) {
        cases.push_back({"a key", editor, "POST", articles, page_with(R"("key": ")" + written + "\""), 422, "invalid",
                         "pointer /key", says});
    };
    key("17", "at least one letter");
    key("Upper", "lower-case letters");
    key("a b", "lower-case letters");
    key("a/b", "lower-case letters");
    key("..", "lower-case letters");
    key("-a", "lower-case letters");
    key("blåbær", "lower-case letters");
    key(std::string(121, 'a'), "Shorten it");
    const auto slug = [&](const std::string& written, const std::string& says) {
        cases.push_back(
            {"a slug", editor, "POST", articles, page_at(written), 422, "invalid", "pointer /translation/slug", says});
    };
    slug("a b", "only letters, digits");
    slug("a/b", "only letters, digits");
    slug("..", "only letters, digits");
    slug("a\u202eb", "only letters, digits");
    slug("a\u200bb", "only letters, digits");
    slug("Upper", "lower-case");
    slug("a\u030a", "Write it");  // å in two code points
    slug(std::string(201, 'a'), "Shorten it");
    refuse_all(site, cases);
}

STELE_ON_BOTH_DATABASES(a_locale_is_not_enabled_over_an_address_that_is_in_use) {
    HostileSite site(db);
    Client client(site, accounts::Role::editor);
    BOOST_REQUIRE(client.post(articles, page_with(R"("key": "de")")).status == 201);
    BOOST_REQUIRE(client.post(articles, page_at("zh-tw")).status == 201);
    BOOST_REQUIRE(
        client.post(articles, R"({"source_locale": "nb", "translation": {"title": "Fi", "slug": "fi"}})").status ==
        201);
    const auto enable = [](const std::string& tag) {
        return Case{"enable",
                    admin,
                    "PUT",
                    "/api/v1/locales/" + tag,
                    R"({"enabled": true})",
                    409,
                    "tag-taken",
                    "pointer /enabled",
                    "Give the article another one first"};
    };
    refuse_all(site, {enable("de"), enable("zh-Hant-TW"), enable("fi")});
    Client administrator(site, accounts::Role::admin);
    BOOST_TEST(administrator.put("/api/v1/locales/fi", R"({"enabled": false})").status == 200);
    BOOST_TEST(administrator.put("/api/v1/locales/sv", R"({"enabled": true})").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
