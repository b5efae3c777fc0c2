// Which locales get another navigation by a change.
#include "server/delivery/listed_types.hpp"
#include "src/publishing/publishing.hpp"
#include "tests/support/test_site.hpp"

using namespace stele;
using namespace stele::delivery;
using namespace stele::testing;

namespace {

struct Types : TestSite {
    explicit Types(Db& db) : TestSite(db) { after({"site"}); }

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

STELE_ON_BOTH_DATABASES(a_change_of_the_whole_site_is_all_that_is_said_of_it) {
    Types site(db);
    site.unpublish(site.statement, "en");
    BOOST_TEST(site.after({"site", "locale-en"}).empty());
    BOOST_TEST(site.after({"locale-en"}).empty());
}

STELE_ON_BOTH_DATABASES(what_is_known_is_what_the_lists_have_after_each_change) {
    Types site(db);
    const auto nb = locale::Tag::stored("nb");
    const ListedTypes::Types with{"news", "page", "statement"}, without{"news", "page"};
    BOOST_REQUIRE(site.types.of(nb));
    BOOST_TEST(*site.types.of(nb) == with, boost::test_tools::per_element());
    site.unpublish(site.statement, "en");
    site.after({"locale-en"});
    BOOST_TEST(*site.types.of(nb) == without, boost::test_tools::per_element());
    BOOST_TEST(!site.types.of(locale::Tag::stored("de")));
    BOOST_TEST(!ListedTypes(site.store()).of(nb));
}

BOOST_AUTO_TEST_SUITE_END()
