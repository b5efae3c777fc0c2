// Articles as readers get them, their lists, and the articles themselves.
#include <boost/test/unit_test.hpp>

#include "server/rows.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string a = "/api/v1/articles";

std::vector<std::string> texts_of(const Answer& answer, const std::string& list, const std::string& pointer) {
    std::vector<std::string> texts;
    for (const auto& item : answer[list].as_array()) texts.emplace_back(item.at_pointer(pointer).as_string());
    return texts;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(articles)

STELE_ON_BOTH_DATABASES(every_part_says_its_language) {
    TestSite site(db);
    run(site,
        {{"own text",
          guest,
          "GET",
          a + "/harbour?locale=nb",
          {},
          {},
          200,
          {},
          {{"/resolved_locale", R"("nb")"},
           {"/title/lang", R"("nb")"},
           {"/url", R"("https://stele.test/nb/havna")"},
           {"/summary/text", R"("Etter to år med arbeid.")"},
           {"/dates/date", R"("2. mai 2026")"}},
          {{"Content-Language", "nb"}}},
         {"fallback",
          guest,
          "GET",
          a + "/harbour?locale=ar",
          {},
          {},
          200,
          {},
          {{"/locale", R"("ar")"},
           {"/resolved_locale", R"("en")"},
           {"/title/lang", R"("en")"},
           {"/title/dir", R"("ltr")"},
           {"/body/lang", R"("en")"},
           {"/url", R"("https://stele.test/en/harbour")"}},
          {{"Content-Language", "en"}}},
         {"partly in the source's",
          guest,
          "GET",
          a + "/about?locale=nb",
          {},
          {},
          200,
          {},
          {{"/resolved_locale", R"("nb")"}, {"/body/parts/0/lang", R"("nb")"}, {"/body/parts/1/lang", R"("en")"}},
          {{"Content-Language", "nb, en"}}},
         {"by number", guest, "GET", path_of(site.about) + "?locale=nb", {}, {}, 200, {}, {{"/key", R"("about")"}}},
         {"without a locale", guest, "GET", a + "/about", {}, {}, 200, {}, {{"/locale", R"("en")"}}}});
}

STELE_ON_BOTH_DATABASES(rows_stand_in_the_readers_order) {
    TestSite site(db);
    const auto order = [&](const std::string& locale) {
        return texts_of(site.call("GET", a + "/statement?locale=" + locale), "/fields/signatories", "/city");
    };
    const std::vector<std::string> norwegian{"Alta", "Zwolle", "Ørsta", "Århus"},
        english{"Alta", "Århus", "Ørsta", "Zwolle"};
    BOOST_TEST(order("nb") == norwegian, boost::test_tools::per_element());
    BOOST_TEST(order("en") == english, boost::test_tools::per_element());
}

BOOST_AUTO_TEST_CASE(a_row_is_listed_as_it_says) {
    const boost::json::array rows{
        "b", {{"name", "a"}, {"listed_as", "z"}}, {{"name", "C"}, {"listed_as", ""}}, boost::json::object{}, 5};
    const auto ordered = ordered_rows(rows, locale::Tag::stored("en"));
    BOOST_TEST(boost::json::serialize(ordered) ==
               R"([{},5,"b",{"name":"C","listed_as":""},{"name":"a","listed_as":"z"}])");
}

STELE_ON_BOTH_DATABASES(lists_are_in_the_locales_order_page_by_page) {
    TestSite site(db);
    const std::vector<std::string> norwegian{"Havna åpner igjen", "Om oss", "What we stand for"};
    const auto all = site.call("GET", a + "?locale=nb");
    BOOST_TEST(texts_of(all, "/items", "/title/text") == norwegian, boost::test_tools::per_element());
    BOOST_TEST(all.integer("/total") == 3);
    BOOST_TEST(to_text(all["/next"]) == "null");

    std::vector<std::string> seen;
    std::string target = a + "?locale=nb&limit=1";
    while (!target.empty()) {
        const auto page = site.call("GET", target);
        BOOST_REQUIRE(page.status == 200);
        for (auto& title : texts_of(page, "/items", "/title/text")) seen.push_back(title);
        const auto link = page.header("Link");
        const std::string base = "<https://stele.test";
        target = link.empty() ? "" : link.substr(base.size(), link.find('>') - base.size());
        if (!link.empty()) BOOST_TEST(link.ends_with("; rel=\"next\""));
        BOOST_REQUIRE(seen.size() <= 3);
    }
    BOOST_TEST(seen == norwegian, boost::test_tools::per_element());

    run(site, {{"own only",
                guest,
                "GET",
                a + "?locale=ar&fallback=none",
                {},
                {},
                200,
                {},
                {{"/items", "[]"}, {"/total", "0"}}},
               {"by type",
                guest,
                "GET",
                a + "?locale=nb&type=statement",
                {},
                {},
                200,
                {},
                {{"/items/0/key", R"("statement")"}, {"/total", "1"}}},
               {"newest first",
                guest,
                "GET",
                a + "?locale=en&sort=published&limit=1",
                {},
                {},
                200,
                {},
                {{"/items/0/key", R"("statement")"}}}});
}

STELE_ON_BOTH_DATABASES(addresses_lead_to_the_page_that_is_meant) {
    TestSite site(db);
    Client editor_(site, accounts::Role::editor);
    const std::string nb = a + "/harbour/translations/nb";
    auto tag = site.translation(site.harbour, "nb").version.etag();
    auto saved = editor_.patch(nb, R"({"slug": "byens-havn"})", tag);
    BOOST_REQUIRE(saved.status == 200);
    BOOST_REQUIRE(editor_.post(nb + "/publish", "", saved.etag()).status == 200);
    const std::string pages = "/api/v1/pages", base = "https://stele.test" + pages;
    run(site,
        {{"own", guest, "GET", pages + "/nb/byens-havn", {}, {}, 200, {}, {{"/key", R"("harbour")"}}},
         {"former", guest, "GET", pages + "/nb/havna", {}, {}, 308, {}, {}, {{"Location", base + "/nb/byens-havn"}}},
         {"another locale's",
          guest,
          "GET",
          pages + "/nb/harbour",
          {},
          {},
          302,
          {},
          {},
          {{"Location", base + "/nb/byens-havn"}}},
         {"of the fallback", guest, "GET", pages + "/ar/harbour", {}, {}, 200, {}, {{"/resolved_locale", R"("en")"}}},
         {"nothing", guest, "GET", pages + "/nb/ingenting", {}, {}, 404, "page", {{"/exists_in", "[]"}}},
         {"no locale", guest, "GET", pages + "/fi/harbour", {}, {}, 404}});
}

STELE_ON_BOTH_DATABASES(an_article_is_created_changed_deleted_and_restored) {
    TestSite site(db);
    Client client(site, accounts::Role::editor);
    const auto created = client.post(a, R"({"key": "fair", "type": "event", "source_locale": "nb", "priority": 4,
        "fields": {"event_start": "2026-10-10", "event_end": "2026-10-11", "colour": "red"},
        "translation": {"title": "Bymesse", "fields": {"event_place": "Rådhuset"}}})");
    BOOST_REQUIRE_EQUAL(created.status, 201);
    BOOST_TEST(created.header("Location") == "https://stele.test" + a + "/" + std::to_string(created.integer("/id")));
    BOOST_TEST(created.etag() == "\"1.1\"");
    BOOST_TEST(created.string("/translation/slug") == "bymesse");

    auto article = client.get(a + "/fair?locale=nb");
    BOOST_TEST(article.string("/dates/event_dates") == "10.–11. oktober 2026");
    BOOST_TEST(article.string("/fields/event_place/text") == "Rådhuset");
    auto changed = client.patch(a + "/fair", R"({"key": "city-fair", "fields": {"colour": null}})", article.etag());
    BOOST_REQUIRE_EQUAL(changed.status, 200);
    BOOST_TEST(changed.string("/key") == "city-fair");
    BOOST_TEST(!changed["/fields"].as_object().contains("colour"));
    BOOST_TEST(client.patch(a + "/city-fair", R"({"priority": 1})", article.etag()).status == 412);
    BOOST_TEST(client.patch(a + "/city-fair", R"({"fields": {"event_start": "2026-13-01"}})", changed.etag()).status ==
               422);
    BOOST_TEST(client.patch(a + "/city-fair", R"({"source_locale": "en"})", changed.etag()).string("/type") ==
               "urn:stele:source-incomplete");

    BOOST_REQUIRE_EQUAL(client.del(a + "/city-fair", changed.etag()).status, 204);
    BOOST_TEST(client.get(a + "/city-fair").status == 404);
    const auto restored = client.post(a + "/city-fair/restore", "");
    BOOST_REQUIRE_EQUAL(restored.status, 200);
    BOOST_TEST(restored.string("/title/text") == "Bymesse");
    BOOST_TEST(client.post(a + "/city-fair/restore", "").status == 200);
    BOOST_TEST(client.del(a + "/city-fair/translations/nb", created.etag()).string("/type") ==
               "urn:stele:delete-source");
}

BOOST_AUTO_TEST_SUITE_END()
