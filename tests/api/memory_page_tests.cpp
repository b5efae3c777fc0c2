// The page of the memory in the studio's settings.
#include "src/memory/follow.hpp"
#include "tests/api/studio_person.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string path = "/studio/settings/memory";

const std::string tmx =
    "<tmx version=\"1.4\"><header srclang=\"en\"/><body><tu><tuv xml:lang=\"en\"><seg>The old harbour</seg></tuv><tuv "
    "xml:lang=\"nb\"><seg>Den gamle havna</seg></tuv></tu></body></tmx>";

Fields with_token(Person& person, Fields fields) {
    fields["csrf"] = fields_of(person.get("/studio").text, "/studio/sign-out")["csrf"];
    return fields;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(page_of_the_memory)

STELE_ON_BOTH_DATABASES(an_administrator_brings_a_file_and_finds_what_is_in_it) {
    TestSite site(db);
    Person ada(site, "ada", Role::admin);
    BOOST_TEST(has(ada.get(path), "There is nothing in it yet"));
    const auto made = ada.post(path, with_token(ada, {{"tmx", tmx}}));
    BOOST_TEST(made.status == 200);
    BOOST_TEST(has(made, "1 translation added; 0 known already, 0 left out."));
    BOOST_TEST(has(made, "/api/v1/memory.tmx?source=en&amp;target=nb"));
    BOOST_TEST(has(ada.get(path + "?source=en&target=nb&text=old+HARBOUR"), "Den gamle havna"));
    BOOST_TEST(has(ada.get(path + "?source=en&target=ar&text=harbour"), "no translation of these words"));
    const auto refused = ada.post(path, with_token(ada, {{"tmx", "<html>\n</html>"}}));
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(has(refused, "this is no TMX file"));
    BOOST_TEST(has(refused, "&lt;html&gt;"));  // what was pasted stays in the form
}

STELE_ON_BOTH_DATABASES(a_translator_finds_where_a_phrase_was_translated) {
    TestSite site(db);
    memory::Follower follower("test");
    while (follower.step(site.store()).more) {
    }
    Person kari(site, "kari", Role::translator, {"en"});
    const auto title = site.translation(site.harbour, "nb").title;
    const auto page = kari.get(path + "?source=nb&target=en&text=" + http::percent_encoded(title));
    BOOST_TEST(page.status == 200);
    BOOST_TEST(has(page, form_path(site.harbour, "en")));
    BOOST_TEST(!has(page, "name=\"tmx\""));
    BOOST_TEST(!has(page, "memory.tmx"));
}

BOOST_AUTO_TEST_SUITE_END()
