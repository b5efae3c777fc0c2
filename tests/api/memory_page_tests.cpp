// The page of the memory in the studio's settings.
#include "src/memory/follow.hpp"
#include "tests/api/studio_person.hpp"
#include "tests/support/scenario.hpp"

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
    const auto import = [&](const std::string& content) {
        return ada.post_parts(path, with_token(ada, {}), {"tmx", "old harbour.tmx", content});
    };
    const auto made = import(tmx);
    BOOST_TEST(made.status == 200);
    BOOST_TEST(has(made, "1 translation added; 0 known already, 0 left out."));
    BOOST_TEST(has(made, "/api/v1/memory.tmx?source=en&amp;target=nb"));
    BOOST_TEST(has(ada.get(path + "?source=en&target=nb&text=old+HARBOUR"), "Den gamle havna"));
    BOOST_TEST(has(ada.get(path + "?source=en&target=ar&text=harbour"), "no translation of these words"));
    const auto refused = import("<html>\n</html>");
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(has(refused, "this is no TMX file"));
    BOOST_TEST(ada.post(path, with_token(ada, {})).status == 422);
    // What came in by a file goes out with it.
    BOOST_TEST(has(made, "old harbour.tmx"));
    BOOST_TEST(has(ada.post(path, with_token(ada, {{"remove", "1"}})), "1 translation removed from the memory."));
    BOOST_TEST(!has(ada.get(path), "old harbour.tmx"));
    BOOST_TEST(ada.post(path, with_token(ada, {{"remove", "1"}})).status == 404);
    const auto cut = import(tmx.substr(0, tmx.find("</body>")));
    BOOST_TEST(cut.status == 422);
    BOOST_TEST(has(cut, "What stands before that is in the memory: 1 translation."));
    BOOST_TEST(has(cut, "old harbour.tmx"));
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

STELE_ON_BOTH_DATABASES(what_is_chosen_on_the_board_is_filled_at_once) {
    TestSite site(db);
    Client editor(site, accounts::Role::editor);
    std::vector<ArticleId> ids;
    for (const auto* key : {"one", "two", "three"}) {
        const auto made =
            editor.post("/api/v1/articles", fmt::format(R"({{"key": "{}", "source_locale": "en", "translation":
            {{"title": "Page {}", "body": "The old harbour.\n\nA quay."}}}})",
                                                        key, key));
        ids.push_back(ArticleId(made.integer("/id")));
    }
    editor.patch(path_of(ids[0], "nb"),
                 R"({"segments": [{"id": "b1", "text": "Den gamle havna."}, {"id": "b2", "text": "En kai."}]})");
    editor.patch(path_of(ids[1], "nb"), R"({"segments": [{"id": "b1", "text": "Min egen havn."}]})");
    memory::Follower follower("test");
    while (follower.step(site.store()).more) {
    }
    Person kari(site, "kari", Role::translator, {"nb"});
    BOOST_TEST(has(kari.get("/studio/board"), "value=\"fill\""));
    const auto fill = [&](const std::string& locale) {
        auto body = encoded(with_token(kari, {{"do", "fill"}, {"locale", locale}}));
        for (const auto id : ids) body += "&article=" + std::to_string(number(id));
        return kari.post_raw("/studio/board", body);
    };
    BOOST_TEST(fill("ar").status == 403);
    const auto filled = fill("nb");
    BOOST_TEST(has(filled, "3 segments were filled from the memory, in 2 texts."));
    // Undone: what nobody has saved since is empty again, and what was there before stays.
    editor.patch(path_of(ids[2], "nb"), R"({"segments": [{"id": "b2", "text": "En kai."}]})",
                 editor.get(path_of(ids[2], "nb")).etag());
    auto undo = encoded(with_token(kari, {{"do", "undo-fill"}, {"locale", "nb"}}));
    for (size_t at = 0; (at = filled.text.find("name=\"change\" value=\"", at)) != std::string::npos; ++at) {
        const auto change = between(filled.text, "value=\"", "\"", at);
        undo += "&article=" + change.substr(0, change.find(' ')) + "&change=" + http::percent_encoded(change);
    }
    BOOST_TEST(has(kari.post_raw("/studio/board", undo), "2 segments are empty again."));
    const auto kept = editor.get(path_of(ids[2], "nb") + "/segments");
    BOOST_TEST(kept.string("/items/2/target/origin") == "human");
    BOOST_TEST(editor.get(path_of(ids[1], "nb") + "/segments").string("/items/1/target/text") == "Min egen havn.");
    BOOST_TEST(has(kari.post_raw("/studio/board", undo), "0 segments are empty again."));
    BOOST_TEST(has(fill("nb"), "2 segments were filled from the memory, in 2 texts."));
    const auto segments = editor.get(path_of(ids[1], "nb") + "/segments");
    BOOST_TEST(segments.string("/items/1/target/text") == "Min egen havn.");
    BOOST_TEST(segments.string("/items/1/target/origin") == "human");
    BOOST_TEST(segments.string("/items/2/target/text") == "En kai.");
    BOOST_TEST(segments.string("/items/2/target/origin") == "memory");
    BOOST_TEST(has(fill("nb"), "0 segments were filled"));
}

STELE_ON_BOTH_DATABASES(a_fault_at_one_of_many_leaves_the_others_filled_and_says_so) {
    TestSite site(db);
    Client editor(site, accounts::Role::editor);
    std::vector<std::string> ids;
    for (const auto* key : {"one", "two", "three"}) {
        const auto made = editor.post(
            "/api/v1/articles",
            fmt::format(
                R"({{"key": "{}", "source_locale": "en", "translation": {{"title": "Page", "body": "A quay."}}}})",
                key));
        ids.push_back(std::to_string(made.integer("/id")));
    }
    editor.patch("/api/v1/articles/one/translations/nb", R"({"segments": [{"id": "b1", "text": "En kai."}]})");
    memory::Follower follower("test");
    while (follower.step(site.store()).more) {
    }
    // The database itself refuses what is written to the second.
    site.app.database->write([&](db::Transaction& t) {
        if (site.app.database->dialect() == db::Dialect::sqlite)
            t->run("CREATE TRIGGER broken BEFORE INSERT ON target WHEN NEW.article_id = " + ids[1] +
                   " BEGIN SELECT RAISE(ABORT, 'broken'); END");
        else
            t->run("ALTER TABLE target ADD CONSTRAINT broken CHECK (article_id <> " + ids[1] + ")");
    });
    std::string logged;
    site.app.log = [&](std::string_view line) { logged += line; };
    Person kari(site, "kari", Role::translator, {"nb"});
    auto body = encoded(with_token(kari, {{"do", "fill"}, {"locale", "nb"}}));
    for (const auto& id : {ids[1], ids[2]}) body += "&article=" + id;
    const auto page = kari.post_raw("/studio/board", body);
    BOOST_TEST(page.status == 200);
    BOOST_TEST(has(page, "1 segment was filled from the memory, in 1 text."));
    BOOST_TEST(has(page, "The fault is ours and has been logged."));
    BOOST_TEST(logged.find("broken") != std::string::npos);
}

STELE_ON_BOTH_DATABASES(a_machine_is_offered_where_there_is_one) {
    TestSite site(db);
    Person kari(site, "kari", Role::translator, {"en"});
    const auto offered = [&] { return has(kari.get(form_path(site.harbour, "en")), "data-fill=\"machine\""); };
    BOOST_TEST(!offered());
    site.app.options.machine_provider = "deepl";
    site.app.options.machine_url = "https://translate.example.org";
    BOOST_TEST(offered());
}

BOOST_AUTO_TEST_SUITE_END()
