// Which locales get another navigation by a change.
#include "server/delivery/listed_types.hpp"
#include "src/publishing/publishing.hpp"
#include "tests/support/test_site.hpp"

using namespace stele;
using namespace stele::delivery;
using namespace stele::testing;

namespace {

struct Types : TestSite {
    explicit Types(Db& db) : TestSite(db) {}

    ListedTypes types{store()};

    // What is added to these keys.
    Keys after(Keys keys) {
        const auto given = keys.size();
        types.complete(keys);
        return {keys.begin() + std::ptrdiff_t(given), keys.end()};
    }
    void unpublish(ArticleId id, const std::string& locale) {
        const auto seen = translation(id, locale).version;
        publishing::unpublish(store(), id, locale::Tag::stored(locale),
                              editing::Expected::of(seen.translation, seen.source), "test");
    }
};

}  // namespace

BOOST_AUTO_TEST_SUITE(listed_types)

STELE_ON_BOTH_DATABASES(a_type_that_goes_goes_from_all_that_fall_back_to_its_locale) {
    Types site(db);
    site.unpublish(site.statement, "en");
    const Keys expected{"types-ar", "types-en", "types-nb"};
    BOOST_TEST(site.after({"article-3", "locale-en", "routes"}) == expected, boost::test_tools::per_element());
    BOOST_TEST(site.after({"article-3", "locale-en", "routes"}).empty());
}

STELE_ON_BOTH_DATABASES(only_locales_that_hang_on_what_has_changed_are_looked_at) {
    Types site(db);
    site.unpublish(site.statement, "en");
    // Nobody falls back to Arabic.
    BOOST_TEST(site.after({"locale-ar"}) == Keys{"types-ar"}, boost::test_tools::per_element());
    BOOST_TEST(site.after({"article-3"}).empty());
    const Keys others{"types-en", "types-nb"};
    BOOST_TEST(site.after({"articles"}) == others, boost::test_tools::per_element());
}

STELE_ON_BOTH_DATABASES(what_was_seen_before_the_site_changed_counts_no_more) {
    Types site(db);
    BOOST_TEST(site.after({"site"}).empty());
    BOOST_TEST(site.after({"locale-nb"}) == Keys{"types-nb"}, boost::test_tools::per_element());
    BOOST_TEST(site.after({"locale-nb"}).empty());
}

BOOST_AUTO_TEST_SUITE_END()
