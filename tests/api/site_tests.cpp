#include <boost/test/unit_test.hpp>

#include "src/worklist/locales.hpp"
#include "tests/support/test_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

bool has(const Answer& answer, std::string_view part) { return answer.text.find(part) != std::string::npos; }

struct Site {
    Db db{db::Dialect::sqlite};
    TestSite site{db};
    Answer get(const std::string& target, const Headers& headers = {}) {
        return site.call("GET", target, {}, {}, headers);
    }
    std::string location(const std::string& target, const std::string& languages) {
        const auto answer = get(target, {{"Accept-Language", languages}});
        return std::to_string(answer.status) + " " + answer.header("Location");
    }
};

struct Expected {
    std::string target, languages, answer;
};

}  // namespace

BOOST_AUTO_TEST_SUITE(site_addresses)

BOOST_FIXTURE_TEST_CASE(every_address_leads_to_the_one_it_should_have, Site) {
    const std::vector<Expected> rows = {
        {"/", "nb", "302 /nb/"},
        {"/", "nn-NO,nn;q=0.9,en;q=0.5", "302 /nb/"},
        {"/", "uk", "302 /en/"},
        {"/?type=news", "ar", "302 /ar/?type=news"},
        {"/nb", "en", "308 /nb/"},
        {"/NB/", "en", "308 /nb/"},
        {"/no/", "en", "308 /nb/"},
        {"/no", "en", "308 /nb/"},
        {"/NO/havna", "en", "308 /nb/havna"},
        {"/nb/havna/", "en", "308 /nb/havna"},
        {"/nb/havna/?a=b", "en", "308 /nb/havna?a=b"},
        {"/nb/harbour", "en", "302 /nb/havna"},
        {"/ar/havna", "ar", "302 /ar/harbour"},
        {"/havna", "en", "302 /en/harbour"},
        {"/havna", "nb", "302 /nb/havna"},
        {"/harbour", "nb", "302 /nb/havna"},
    };
    for (const auto& row : rows) BOOST_TEST_CONTEXT(row.target << " for " << row.languages) {
            BOOST_TEST(location(row.target, row.languages) == row.answer);
        }
}

BOOST_FIXTURE_TEST_CASE(only_what_negotiates_varies_by_language, Site) {
    for (const std::string target : {"/", "/havna"}) BOOST_TEST(get(target).header("Vary") == "Accept-Language");
    for (const std::string target : {"/nb/", "/nb/havna", "/nb/harbour", "/nb", "/nb/nothing"})
        BOOST_TEST(get(target).header("Vary") == "");
    BOOST_TEST(get("/nothing").header("Vary") == "Accept-Language");
}

BOOST_FIXTURE_TEST_CASE(a_page_is_asked_about_again_and_answered_by_304, Site) {
    for (const std::string target : {"/nb/havna", "/nb/"}) {
        const auto first = get(target);
        BOOST_TEST(first.status == 200);
        BOOST_TEST(first.etag().starts_with('"'));
        BOOST_TEST(first.header("Cache-Control") == "public, max-age=0, stale-while-revalidate=10");
        const auto again = get(target, {{"If-None-Match", first.etag()}});
        BOOST_TEST(again.status == 304);
        BOOST_TEST(again.text == "");
        BOOST_TEST(again.etag() == first.etag());
        BOOST_TEST(site.call("HEAD", target).status == 200);
    }
    BOOST_TEST(site.call("POST", "/nb/havna").status == 405);
}

BOOST_FIXTURE_TEST_CASE(files_of_the_theme_are_kept_for_good_under_their_hash, Site) {
    const auto page = get("/nb/");
    const auto at = page.text.find("/assets/site.");
    BOOST_REQUIRE(at != std::string::npos);
    const auto css = get(page.text.substr(at, page.text.find('"', at) - at));
    BOOST_TEST(css.status == 200);
    BOOST_TEST(css.header("Content-Type") == "text/css; charset=utf-8");
    BOOST_TEST(css.header("Cache-Control") == "public, max-age=31536000, immutable");
    BOOST_TEST(get("/assets/site.css").header("Cache-Control") == "public, max-age=3600");
    BOOST_TEST(get("/assets/site.0123456789abcdef.css").status == 404);
    BOOST_TEST(get("/assets/stele.toml").status == 404);
    BOOST_TEST(get("/favicon.ico").header("Content-Type") == "image/svg+xml");
    BOOST_TEST(get("/robots.txt").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(site_pages)

BOOST_FIXTURE_TEST_CASE(a_page_names_its_language_and_the_others_it_exists_in, Site) {
    const auto page = get("/nb/havna");
    BOOST_TEST(page.header("Content-Language") == "nb");
    BOOST_TEST(has(page, "<html lang=\"nb\" dir=\"ltr\">"));
    BOOST_TEST(has(page, "<h1>Havna åpner igjen</h1>"));
    BOOST_TEST(has(page, "lørdag 2. mai 2026"));
    BOOST_TEST(has(page, "<link rel=\"canonical\" href=\"https://stele.test/nb/havna\">"));
    BOOST_TEST(has(page, "<link rel=\"alternate\" hreflang=\"en\" href=\"https://stele.test/en/harbour\">"));
    BOOST_TEST(has(page, "<link rel=\"alternate\" hreflang=\"nb\" href=\"https://stele.test/nb/havna\">"));
    BOOST_TEST(has(page, "<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://stele.test/havna\">"));
    BOOST_TEST(has(page, "lang=\"nb\" dir=\"ltr\" aria-current=\"true\">Norsk bokmål</a>"));
    BOOST_TEST(has(page, ">English</a>"));
    BOOST_TEST(!has(page, "hreflang=\"ar\""));
}

BOOST_FIXTURE_TEST_CASE(a_fallback_is_honest, Site) {
    const auto page = get("/ar/harbour");
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.header("Content-Language") == "ar, en");
    BOOST_TEST(has(page, "<html lang=\"ar\" dir=\"rtl\">"));
    BOOST_TEST(has(page, "<h1 lang=\"en\" dir=\"ltr\">The harbour reopens</h1>"));
    BOOST_TEST(has(page, "<div class=\"body\" lang=\"en\" dir=\"ltr\">"));
    BOOST_TEST(has(page, "هذه الصفحة غير متاحة باللغة العربية بعد. أنت تقرؤها باللغة الإنجليزية."));
    BOOST_TEST(has(page, "<link rel=\"canonical\" href=\"https://stele.test/en/harbour\">"));
    BOOST_TEST(!has(page, "rel=\"alternate\""));
}

BOOST_FIXTURE_TEST_CASE(a_page_in_another_language_leads_back_to_the_readers_own, Site) {
    const auto page = get("/ar/harbour");
    BOOST_TEST(has(page, "<a href=\"/ar/\" hreflang=\"ar\" lang=\"ar\" dir=\"rtl\">العربية</a>"));
    BOOST_TEST(has(page, "<a href=\"/nb/havna\" hreflang=\"nb\" lang=\"nb\" dir=\"ltr\">Norsk bokmål</a>"));
    BOOST_TEST(has(page, "<a href=\"/en/harbour\" hreflang=\"en\" lang=\"en\" dir=\"ltr\">English</a>"));
}

BOOST_FIXTURE_TEST_CASE(a_page_without_a_date_of_its_own_shows_the_one_of_its_list, Site) {
    BOOST_TEST(has(get("/nb/om-oss"), "22. november 2026"));
    BOOST_TEST(has(get("/nb/?type=page"), "22. november 2026"));
    BOOST_TEST(!has(get("/nb/havna"), "22. november 2026"));
}

BOOST_FIXTURE_TEST_CASE(words_that_are_not_in_the_readers_language_say_so, Site) {
    // There is no catalog of Urdu.
    worklist::change_locale(site.store(), locale::Tag::stored("ur"), {.enabled = true}, std::nullopt, "test");
    worklist::fill_orders(site.store());
    const auto page = get("/ur/harbour");
    BOOST_TEST(has(page, "<html lang=\"ur\" dir=\"rtl\">"));
    BOOST_TEST(has(page, "<a class=\"skip\" href=\"#page_content\" lang=\"en\" dir=\"ltr\">Skip to the content</a>"));
    BOOST_TEST(has(page, "<span lang=\"en\" dir=\"ltr\">News</span>"));
    BOOST_TEST(has(get("/ar/harbour"), "<a class=\"skip\" href=\"#page_content\">انتقل إلى المحتوى</a>"));
    BOOST_TEST(has(get("/nb/havna"), "<a class=\"skip\" href=\"#page_content\">Hopp til innholdet</a>"));
}

BOOST_FIXTURE_TEST_CASE(parts_in_another_language_are_marked_and_announced, Site) {
    const auto page = get("/nb/om-oss");
    BOOST_TEST(page.header("Content-Language") == "nb, en");
    BOOST_TEST(has(page, "<p lang=\"en\" dir=\"ltr\">Write to us at any time.</p>"));
    BOOST_TEST(has(page, "Deler av denne siden"));
}

BOOST_FIXTURE_TEST_CASE(rows_stand_in_the_order_of_the_reader, Site) {
    const auto in_order = [](const Answer& page, const std::vector<std::string>& names) {
        size_t last = 0;
        for (const auto& name : names) {
            const auto at = page.text.find("<bdi>" + name + "</bdi>");
            if (at == std::string::npos || at < last) return false;
            last = at;
        }
        return true;
    };
    BOOST_TEST(in_order(get("/en/statement"), {"Alta", "Århus", "Ørsta", "Zwolle"}));
    BOOST_TEST(in_order(get("/nb/statement"), {"Alta", "Zwolle", "Ørsta", "Århus"}));
    BOOST_TEST(has(get("/en/statement"), "4 signatories"));
}

BOOST_FIXTURE_TEST_CASE(what_is_not_there_names_the_languages_that_exist, Site) {
    site.call("DELETE", "/api/v1/articles/about", site.token(accounts::Role::admin));
    const auto nothing = get("/nb/nothing");
    BOOST_TEST(nothing.status == 404);
    BOOST_TEST(nothing.header("Content-Type") == "text/html; charset=utf-8");
    BOOST_TEST(nothing.header("Content-Language") == "nb");
    BOOST_TEST(has(nothing, "Denne siden finnes ikke"));
    BOOST_TEST(get("/sv/", {{"Accept-Language", "nb"}}).header("Content-Language") == "nb");
    BOOST_TEST(get("/en/?type=nothing").status == 404);
    BOOST_TEST(get("/api/nothing").header("Content-Type") == "application/problem+json");
}

BOOST_FIXTURE_TEST_CASE(an_article_outside_the_readers_chain_is_named_where_it_exists, Site) {
    const auto editor = site.token(accounts::Role::admin);
    const auto article = R"({"key": "snow", "type": "page", "source_locale": "nb",
                             "translation": {"title": "Snø", "slug": "snoe", "body": "Det snør."}})";
    const auto created = site.call("POST", "/api/v1/articles", editor, article);
    BOOST_REQUIRE_EQUAL(created.status, 201);
    site.call("POST", "/api/v1/articles/snow/translations/nb/publish", editor, "{}", {{"If-Match", created.etag()}});
    const auto nothing = get("/en/snoe");
    BOOST_TEST(nothing.status == 404);
    BOOST_TEST(has(nothing, "The page exists in other languages:"));
    BOOST_TEST(has(nothing, "<a href=\"/nb/snoe\" hreflang=\"nb\" lang=\"nb\" dir=\"ltr\">Norsk bokmål</a>"));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(site_lists)

BOOST_FIXTURE_TEST_CASE(a_list_is_what_a_reader_of_the_locale_gets, Site) {
    const auto list = get("/nb/");
    BOOST_TEST(list.status == 200);
    BOOST_TEST(list.header("Content-Language") == "nb, en");
    BOOST_TEST(has(list, "<a href=\"/nb/havna\">Havna åpner igjen</a>"));
    BOOST_TEST(has(list, "<h2 lang=\"en\" dir=\"ltr\"><a href=\"/nb/statement\">What we stand for</a></h2>"));
    BOOST_TEST(has(list, "<span class=\"other\" lang=\"en\" dir=\"ltr\">English</span>"));
    BOOST_TEST(list.text.find("Havna åpner igjen") < list.text.find("Om oss"));
    BOOST_TEST(has(list, "3 artikler"));
    const auto news = get("/nb/?type=news");
    BOOST_TEST(has(news, "<h1>Nyheter</h1>"));
    BOOST_TEST(has(news, "aria-current=\"page\">Nyheter</a>"));
    BOOST_TEST(!has(news, "Om oss"));
    BOOST_TEST(get("/nb/?sort=size").status == 400);
    BOOST_TEST(get("/nb/?after=x").status == 400);
}

// The harbour's own date is older than the day it was published.
BOOST_FIXTURE_TEST_CASE(a_list_shows_the_date_that_it_is_ordered_by, Site) {
    site.call("POST", "/api/v1/articles", site.token(accounts::Role::admin),
              R"({"key": "quay", "type": "news", "source_locale": "nb", "fields": {"date": "2020-01-01"},
                  "translation": {"title": "Aller første kai", "slug": "kai", "body": "Kaia er der."}})");
    site.advance(std::chrono::hours(48));
    const auto published = site.call("POST", "/api/v1/articles/quay/translations/nb/publish",
                                     site.token(accounts::Role::admin), "{}", {{"If-Match", "\"1.1\""}});
    BOOST_REQUIRE_EQUAL(published.status, 200);
    for (const std::string newest : {"/nb/?type=news", "/nb/?sort=published", "/nb/?type=news&sort=published"}) {
        const auto list = get(newest);
        BOOST_TEST(list.text.find("Aller første kai") < list.text.find("Havna åpner igjen"), newest);
        BOOST_TEST(has(list, "24. november 2026"), newest);
        BOOST_TEST(!has(list, "2020"), newest);
        BOOST_TEST(!has(list, "2. mai 2026"), newest);
    }
    for (const std::string by_title : {"/nb/?type=news&sort=title", "/nb/"}) {
        const auto list = get(by_title);
        BOOST_TEST(list.text.find("Aller første kai") < list.text.find("Havna åpner igjen"), by_title);
        BOOST_TEST(has(list, "1. januar 2020"), by_title);
    }
    BOOST_TEST(has(get("/nb/?type=news"), "href=\"/nb/?type=news&amp;sort=title\""));
}

BOOST_AUTO_TEST_SUITE_END()
