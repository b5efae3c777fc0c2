// What readers of a real site get from the cache: by the book, and never what is not true any more.
#include "tests/delivery/decoded.hpp"
#include "tests/delivery/served_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::vector<std::string> kept_targets{"/nb/",
                                            "/nb/havna",
                                            "/nb/statement",
                                            "/en/harbour?utm_source=a",
                                            "/nb/?type=news&sort=published",
                                            "/nb/harbour",
                                            "/api/v1/articles?locale=nb&limit=2",
                                            "/api/v1/articles/harbour?locale=nb",
                                            "/api/v1/pages/nb/havna",
                                            "/api/v1/locales",
                                            "/api/v1/openapi.json",
                                            "/assets/site.css",
                                            "/favicon.ico",
                                            "/robots.txt"};

void publish_title(ServedSite& site, const std::string& locale, const std::string& title) {
    auto editor = site.editor();
    BOOST_REQUIRE_EQUAL(ServedSite::save_and_publish(editor, path_of(site.harbour, locale), {{"title", title}}), "");
}

}  // namespace

BOOST_AUTO_TEST_SUITE(readers)

STELE_ON_BOTH_DATABASES(what_is_kept_says_of_what_it_is_made_and_to_ask_again) {
    ServedSite site(db);
    auto reader = site.client();
    const auto page = reader.get("/nb/havna");
    BOOST_TEST(page.header("Surrogate-Key") == "article-" + std::to_string(number(site.harbour)) + " types-nb site");
    BOOST_TEST(page.header("Cache-Control") == "public, max-age=0, stale-while-revalidate=10");
    BOOST_TEST(page.header("Content-Language") == "nb");
    BOOST_TEST(page.header("Vary") == "Accept-Encoding");
    BOOST_TEST(page.header("Link").find("rel=\"canonical\"") != std::string_view::npos);
    const auto fallback = reader.get("/nb/statement");
    BOOST_TEST(fallback.header("Surrogate-Key") ==
               "article-" + std::to_string(number(site.statement)) + " locale-en locale-nb types-nb site");
    BOOST_TEST(reader.get("/nb/").header("Surrogate-Key").find("articles locale-en locale-nb types-nb site") !=
               std::string_view::npos);
    const auto elsewhere = reader.get("/nb/harbour");
    BOOST_TEST(elsewhere.status == 302);
    BOOST_TEST(elsewhere.header("Surrogate-Key") == "routes site");
    BOOST_TEST(!elsewhere.has_header("Vary"));
    BOOST_TEST(reader.get("/").header("Vary") == "Accept-Language");
    BOOST_TEST(!reader.get("/").has_header("Surrogate-Key"));
    BOOST_TEST(!reader.get("/nb/nothing-here").has_header("Surrogate-Key"));
}

STELE_ON_BOTH_DATABASES(the_second_reader_gets_the_same_without_a_worker) {
    ServedSite site(db);
    for (const auto& target : kept_targets) {
        auto reader = site.client();
        const auto first = reader.get(target);
        const auto before = site.app.cache->counts();
        const auto second = reader.get(target);
        BOOST_TEST(site.app.cache->counts().hits == before.hits + 1, target);
        BOOST_TEST(second.status == first.status);
        BOOST_TEST((second.body == first.body), target);
        BOOST_TEST(second.header("ETag") == first.header("ETag"));
        for (const auto* coding : {"br", "gzip"}) {
            const auto coded = reader.get(target, {{"Accept-Encoding", coding}});
            BOOST_TEST((decoded(coded.body, coded.header("Content-Encoding")) == first.body), target);
            BOOST_TEST(coded.has_header("Vary") == first.has_header("Vary"));
            if (first.status != 200) continue;
            BOOST_TEST(
                reader.get(target, {{"Accept-Encoding", coding}, {"If-None-Match", std::string(coded.header("ETag"))}})
                    .status == 304);
        }
    }
}

STELE_ON_BOTH_DATABASES(nothing_is_coded_nor_varies_where_nothing_is_kept) {
    ServedSite site(db, 0);
    auto reader = site.client();
    const auto page = reader.get("/nb/havna", {{"Accept-Encoding", "br"}});
    BOOST_TEST(page.status == 200);
    BOOST_TEST(!page.has_header("Content-Encoding"));
    BOOST_TEST(!page.has_header("Vary"));
    BOOST_TEST(reader.get("/nb/havna", {{"If-None-Match", std::string(page.header("ETag"))}}).status == 304);
}

STELE_ON_BOTH_DATABASES(what_is_published_is_in_the_very_next_answer) {
    ServedSite site(db);
    auto reader = site.client();
    for (int i = 0; i < 10; ++i) {
        for (const auto& target : kept_targets) reader.get(target);
        const auto title = "Havna nummer " + std::to_string(i);
        publish_title(site, "nb", title);
        for (const auto* target :
             {"/nb/havna", "/nb/", "/nb/?type=news", "/api/v1/articles?locale=nb", "/api/v1/pages/nb/havna"})
            BOOST_TEST(reader.get(target).body.find(title) != std::string::npos, target);
    }
}

STELE_ON_BOTH_DATABASES(what_another_locale_published_leaves_a_page_in_the_cache) {
    ServedSite site(db);
    auto reader = site.client();
    // What was written shortly before the server began may be told once more.
    publish_title(site, "nb", "Havna");
    reader.get("/nb/om-oss");
    reader.get("/en/harbour");
    publish_title(site, "nb", "Havna er ny");
    const auto before = site.app.cache->counts().hits;
    reader.get("/nb/om-oss");
    BOOST_TEST(site.app.cache->counts().hits == before + 1);
    // The harbour's own pages in other languages name the address of this one.
    reader.get("/en/harbour");
    BOOST_TEST(site.app.cache->counts().hits == before + 1);
}

STELE_ON_BOTH_DATABASES(a_type_that_comes_or_goes_is_in_the_navigation_of_every_page) {
    ServedSite site(db);
    auto reader = site.client();
    BOOST_TEST(reader.get("/nb/om-oss").body.find("?type=statement") != std::string::npos);
    auto editor = site.editor();
    BOOST_REQUIRE_EQUAL(
        editor.del(path_of(site.statement), ServedSite::if_match(editor.get(path_of(site.statement)))).status, 204);
    BOOST_TEST(reader.get("/nb/om-oss").body.find("?type=statement") == std::string::npos);
    BOOST_REQUIRE_EQUAL(editor.post(path_of(site.statement) + "/restore", "").status, 200);
    BOOST_TEST(reader.get("/nb/om-oss").body.find("?type=statement") != std::string::npos);
}

STELE_ON_BOTH_DATABASES(a_page_in_place_of_another_gives_way_to_it) {
    ServedSite site(db);
    auto reader = site.client();
    BOOST_TEST(reader.get("/ar/harbour").body.find("The harbour reopens") != std::string::npos);
    auto admin = site.client(site.token(accounts::Role::admin));
    const Headers json{{"Content-Type", "application/json"}};
    const auto created = admin.post("/api/v1/articles",
                                    R"({"key": "another", "type": "page", "source_locale": "ar",
                                        "translation": {"title": "Another", "slug": "harbour", "body": "Other words.\n"}})",
                                    json);
    BOOST_REQUIRE_EQUAL(created.status, 201);
    const auto id = boost::json::parse(created.body).at("id").as_int64();
    BOOST_TEST(reader.get("/ar/harbour").body.find("The harbour reopens") != std::string::npos);
    const auto published =
        admin.post(path_of(ArticleId(id), "ar") + "/publish", "",
                   {{"Content-Type", "application/json"}, {"If-Match", std::string(created.header("ETag"))}});
    BOOST_REQUIRE_EQUAL(published.status, 200);
    BOOST_TEST(reader.get("/ar/harbour").body.find("Other words.") != std::string::npos);
}

STELE_ON_BOTH_DATABASES(who_is_known_is_never_answered_from_the_cache_nor_kept_in_it) {
    ServedSite site(db);
    auto editor = site.client(site.token(accounts::Role::editor));
    const auto target = "/api/v1/articles/harbour?locale=nb";
    for (int i = 0; i < 2; ++i) {
        const auto own = editor.get(target);
        BOOST_TEST(own.header("Cache-Control") == "private, no-cache");
        BOOST_TEST(!own.has_header("Surrogate-Key"));
    }
    BOOST_TEST(site.app.cache->counts().kept == 0U);
    BOOST_TEST(site.client().get(target).header("Cache-Control") == "public, max-age=0, stale-while-revalidate=10");
}

STELE_ON_BOTH_DATABASES(a_tag_of_a_coding_is_what_a_writer_may_have_seen) {
    ServedSite site(db);
    const auto target = path_of(site.harbour);
    const auto seen = site.client().get(target + "?locale=nb", {{"Accept-Encoding", "br"}});
    BOOST_TEST(seen.header("ETag").ends_with("-br\""));
    auto editor = site.client(site.token(accounts::Role::editor));
    const std::string change = R"({"fields": {"date": "2026-06-01"}})";
    const Headers match{{"Content-Type", "application/json"}, {"If-Match", std::string(seen.header("ETag"))}};
    BOOST_TEST(editor.patch(target, change, match).status == 200);
    BOOST_TEST(editor.patch(target, change, match).status == 412);
}

STELE_ON_BOTH_DATABASES(other_methods_are_told_what_there_is) {
    ServedSite site(db);
    auto reader = site.client();
    reader.get("/nb/havna");
    const auto options = reader.request("OPTIONS", "/nb/havna");
    BOOST_TEST(options.status == 204);
    BOOST_TEST(options.header("Allow") == "GET, HEAD, OPTIONS");
    const auto posted = reader.post("/nb/havna", "x");
    BOOST_TEST(posted.status == 405);
    BOOST_TEST(posted.header("Allow") == "GET, HEAD, OPTIONS");
    BOOST_TEST(reader.get("/nb/havna", {{"Range", "bytes=0-1"}}).status == 200);
    BOOST_TEST(reader.get("/nb/havna", {{"Accept-Language", "xx"}, {"Accept", "image/png"}}).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
