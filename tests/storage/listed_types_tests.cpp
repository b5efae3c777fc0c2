#include <boost/test/unit_test.hpp>

#include "tests/support/content_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

ArticleId add(ContentSite& site, const std::string& type, const std::string& source) {
    editing::NewArticle article{.key = {}, .type = type, .source_locale = ContentSite::tag(source), .shared = {}};
    article.translation.title = "About " + type;
    return editing::create_article(site.store, article, "test").id;
}

std::vector<std::string> types(ContentSite& site, const std::string& locale) {
    auto listed = publishing::listed_types(site.store, ContentSite::tag(locale));
    std::sort(listed.begin(), listed.end());
    return listed;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(listed_types)

STELE_ON_BOTH_DATABASES(a_reader_finds_the_types_of_what_is_published_for_them) {
    ContentSite site(db);
    BOOST_TEST(types(site, "en").empty());
    for (const auto* type : {"news", "page", "news", "event"}) site.publish(add(site, type, "en"), "en");
    site.publish(add(site, "statement", "nb"), "nb");
    add(site, "hub", "en");  // a draft
    const std::vector<std::string> english{"event", "news", "page"}, norwegian{"event", "news", "page", "statement"};
    BOOST_TEST(types(site, "en") == english, boost::test_tools::per_element());
    BOOST_TEST(types(site, "de") == english, boost::test_tools::per_element());
    BOOST_TEST(types(site, "nb") == norwegian, boost::test_tools::per_element());
}

STELE_ON_BOTH_DATABASES(a_locale_that_is_not_enabled_lists_nothing) {
    ContentSite site(db);
    BOOST_CHECK_THROW(publishing::listed_types(site.store, ContentSite::tag("fr")), Error);
}

BOOST_AUTO_TEST_SUITE_END()
