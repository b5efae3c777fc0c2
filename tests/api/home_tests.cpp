// Home, as a person without script reads it.
#include <boost/test/unit_test.hpp>

#include "src/storage/revisions.hpp"
#include "tests/api/studio_person.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

void imported(TestSite& site) {
    site.app.database->write([&](db::Transaction& t) {
        t->run("UPDATE account SET name = name");
        for (const auto id : {site.harbour, site.about, site.statement, site.welcome})
            for (const auto* locale : {"nb", "en"})
                storage::add_change(t, site.app.now(), {"publish", id, locale::Tag::stored(locale), "import", "{}"});
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(home_page)

STELE_ON_BOTH_DATABASES(what_was_before_the_account_is_no_news_and_an_import_is_one_line) {
    TestSite site(db);
    Person kari(site, "kari", Role::translator);
    BOOST_TEST(!has(kari.get("/studio"), "id=\"recent\""));
    imported(site);
    const auto page = kari.get("/studio");
    const auto recent = between(page.text, "id=\"recent\"", "</section>");
    BOOST_TEST(recent.find("and 3 other articles") != std::string::npos, recent);
    BOOST_TEST(recent.find(">Imported · <time") != std::string::npos, recent);
    BOOST_TEST(recent.find("<li>") == recent.rfind("<li>"));
}

BOOST_AUTO_TEST_SUITE_END()
