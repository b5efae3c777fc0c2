// Deleting articles and translations in the studio, without script, and bringing them back.
#include "tests/api/studio_person.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

std::string article_page(ArticleId id) { return "/studio/articles/" + std::to_string(number(id)); }
std::string removal_page(ArticleId id) { return "/studio/deleted/" + std::to_string(number(id)); }

}  // namespace

BOOST_AUTO_TEST_SUITE(studio_removal)

STELE_ON_BOTH_DATABASES(an_article_is_deleted_after_a_question_and_comes_back_from_the_list) {
    TestSite site(db);
    Person editor(site, "kari", Role::editor);
    const auto path = removal_page(site.harbour);
    BOOST_TEST(
        has(editor.get(article_page(site.harbour)), "<a class=\"button\" href=\"" + path + "\">Delete the article"));
    const auto asked = editor.get(path);
    BOOST_TEST(has(asked, "with its texts in 2 languages"));
    BOOST_TEST(has(asked, "<a href=\"/nb/havna\">"));
    BOOST_TEST(has(asked, "<a href=\"/en/harbour\">"));
    BOOST_TEST(site.call("GET", "/nb/havna").status == 200);
    const auto done = editor.submit(path, {}, "delete");
    BOOST_TEST(done.status == 303);
    BOOST_TEST(done.header("Location") == "/studio/deleted?done=deleted");
    BOOST_TEST(site.call("GET", "/nb/havna").status == 404);
    const auto list = editor.get("/studio/deleted?done=deleted");
    BOOST_TEST(has(list, "<a href=\"" + path + "\" lang=\"nb\" dir=\"ltr\">Havna åpner igjen</a>"));
    BOOST_TEST(has(list, "The article is deleted."));
    BOOST_TEST(editor.get(article_page(site.harbour)).header("Location") == path);
    BOOST_TEST(has(editor.get("/studio/articles"), "href=\"/studio/deleted\""));
    BOOST_TEST(editor.submit(path, {}, "restore").header("Location") == article_page(site.harbour));
    BOOST_TEST(site.call("GET", "/nb/havna").status == 200);
    BOOST_TEST(has(editor.get("/studio/deleted"), "No article is deleted."));
}

STELE_ON_BOTH_DATABASES(what_was_changed_since_the_question_is_not_deleted) {
    TestSite site(db);
    Person editor(site, "kari", Role::editor);
    const auto path = removal_page(site.harbour);
    const auto fields = fields_of(editor.get(path).text, path);
    editing::ArticleChanges changes;
    changes.priority = 7;
    editing::change_article(site.store(), site.harbour, changes, 1, "siri");
    const auto answer = editor.send(path, fields, {}, "delete");
    BOOST_TEST(answer.status == 412);
    BOOST_TEST(has(answer, "Somebody changed it"));
    BOOST_TEST(site.call("GET", "/nb/havna").status == 200);
    BOOST_TEST(editor.submit(path, {}, "delete").status == 303);
}

STELE_ON_BOTH_DATABASES(a_translation_is_deleted_by_who_may_and_the_other_languages_stay) {
    TestSite site(db);
    Person translator(site, "omar", Role::translator, {"en"});
    Person editor(site, "kari", Role::editor);
    const auto path = removal_page(site.harbour) + "?locale=en", target = removal_page(site.harbour);
    BOOST_TEST(!has(translator.get(article_page(site.harbour)), path));
    BOOST_TEST(!has(translator.get(article_page(site.harbour)), "href=\"" + target + "\""));
    BOOST_TEST(has(editor.get(article_page(site.harbour)), path));
    const auto asked = editor.get(path);
    BOOST_TEST(has(asked, "and its published page with it"));
    const auto answer = editor.send(target, fields_of(asked.text, target), {}, "delete-text");
    BOOST_TEST(answer.status == 303);
    BOOST_TEST(answer.header("Location") == form_path(site.harbour, "en") + "/history");
    BOOST_TEST(site.translation(site.harbour, "en").version.translation == 0);
    BOOST_TEST(site.call("GET", "/nb/havna").status == 200);
    BOOST_TEST(editor.get(path).status == 404);
    BOOST_TEST(editor.get(removal_page(site.harbour) + "?locale=nb").status == 404);  // the source
}

STELE_ON_BOTH_DATABASES(deleted_articles_are_listed_by_pages_the_last_one_first) {
    TestSite site(db);
    Person reader(site, "lena", Role::reader);
    for (int i = 0; i < 52; ++i) {
        const auto key = "gone-" + std::to_string(i);
        editing::NewArticle article{.key = key, .source_locale = locale::Tag::stored("en")};
        article.translation.title = "Gone " + std::to_string(i);
        const auto created = editing::create_article(site.store(), article, "test");
        editing::delete_article(site.store(), created.id, 1, "test");
    }
    const auto first = reader.get("/studio/deleted");
    BOOST_TEST(first.text.find(">Gone 51<") < first.text.find(">Gone 50<"));
    BOOST_TEST(!has(first, ">Gone 1<"));
    const auto next = unescaped(between(first.text, "<a class=\"button\" href=\"", "\""));
    const auto second = reader.get(next);
    BOOST_TEST(has(second, ">Gone 1<"));
    BOOST_TEST(has(second, ">Gone 0<"));
    BOOST_TEST(!has(second, ">Gone 2<"));
    BOOST_TEST(!has(second, "rel=\"next\""));
    BOOST_TEST(reader.get("/studio/deleted?after=x").status == 400);
}

BOOST_AUTO_TEST_SUITE_END()
