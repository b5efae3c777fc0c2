// The field Link: what crawlers and programs learn of the other languages without reading the body.
#include "server/links.hpp"
#include "tests/delivery/served_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string base = "<https://stele.test";

std::string canonical(const std::string& path) { return base + path + ">; rel=\"canonical\""; }
std::string alternate(const std::string& path, const std::string& hreflang) {
    return ", " + base + path + ">; rel=\"alternate\"; hreflang=\"" + hreflang + "\"";
}
std::string link_of(const ServedSite& site, const std::string& target, const std::string& token = {}) {
    return std::string(site.client(token).get(target).header("Link"));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(links)

STELE_ON_BOTH_DATABASES(an_article_names_the_languages_that_it_is_published_in) {
    ServedSite site(db);
    const auto others =
        alternate("/havna", "x-default") + alternate("/en/harbour", "en") + alternate("/nb/havna", "nb");
    for (const auto* target : {"/nb/havna", "/api/v1/pages/nb/havna", "/api/v1/articles/harbour?locale=nb"}) {
        BOOST_TEST(link_of(site, target) == canonical("/nb/havna") + others, target);
        BOOST_TEST(link_of(site, target) == canonical("/nb/havna") + others, target);  // as it is kept
    }
    BOOST_TEST(link_of(site, "/en/harbour") == canonical("/en/harbour") + others);
}

STELE_ON_BOTH_DATABASES(a_fallback_names_the_real_page_alone) {
    ServedSite site(db);
    for (const auto* target : {"/ar/harbour", "/api/v1/pages/ar/harbour", "/api/v1/articles/harbour?locale=ar"})
        BOOST_TEST(link_of(site, target) == canonical("/en/harbour"), target);
}

STELE_ON_BOTH_DATABASES(a_language_is_named_as_long_as_it_is_published) {
    ServedSite site(db);
    BOOST_TEST(link_of(site, "/nb/havna").find("hreflang=\"en\"") != std::string::npos);
    auto editor = site.editor();
    const auto path = path_of(site.harbour, "en");
    BOOST_REQUIRE_EQUAL(editor.post(path + "/unpublish", "", ServedSite::if_match(editor.get(path))).status, 200);
    BOOST_TEST(link_of(site, "/nb/havna").find("hreflang=\"en\"") == std::string::npos);
}

STELE_ON_BOTH_DATABASES(a_draft_has_no_address_for_readers) {
    ServedSite site(db);
    const auto token = site.token(accounts::Role::reader);
    const auto draft = site.client(token).get("/api/v1/articles/welcome?locale=ar");
    BOOST_TEST(draft.status == 200);
    BOOST_TEST(!draft.has_header("Link"));
}

STELE_ON_BOTH_DATABASES(a_list_names_itself_in_every_language) {
    ServedSite site(db);
    BOOST_TEST(link_of(site, "/nb/") == canonical("/nb/") + alternate("/", "x-default") + alternate("/en/", "en") +
                                            alternate("/nb/", "nb") + alternate("/ar/", "ar"));
    BOOST_TEST(link_of(site, "/nb/?type=news&sort=published") ==
               canonical("/nb/?type=news") + alternate("/en/?type=news", "en") + alternate("/nb/?type=news", "nb") +
                   alternate("/ar/?type=news", "ar"));
}

BOOST_AUTO_TEST_CASE(however_many_there_are_the_head_stays_short) {
    Links links{.canonical = "https://stele.test/aa/page", .alternates = {}};
    for (char a = 'a'; a <= 'z'; ++a)
        for (char b = 'a'; b <= 'z'; ++b)
            links.alternates.emplace_back(std::string{a, b}, std::string("https://stele.test/") + a + b + "/page");
    links.alternates.emplace_back("x-default", "https://stele.test/page");
    const auto field = link_field(links);
    BOOST_TEST(field.size() <= 2'048U);
    BOOST_TEST(field.size() > 1'900U);
    BOOST_TEST(field.ends_with("\""));
    BOOST_TEST(field.find("hreflang=\"x-default\", ") < field.find("hreflang=\"aa\""));
}

BOOST_AUTO_TEST_SUITE_END()
