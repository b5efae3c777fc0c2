// Terms and checks over the API and in the studio.
#include "src/worklist/locales.hpp"
#include "tests/api/studio_person.hpp"
#include "tests/support/scenario.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string terms_path = "/api/v1/terms";
const std::string harbour =
    R"({"source_locale": "en", "text": "harbour", "translations": {"nb": {"texts": ["havn"]}}})";

}  // namespace

BOOST_AUTO_TEST_SUITE(terms_and_checks)

STELE_ON_BOTH_DATABASES(a_term_is_its_editors_and_its_translation_its_translators) {
    TestSite site(db);
    const std::string one = terms_path + "/1";
    run(site,
        {{"guest", guest, "GET", terms_path + "?source=en", {}, {}, 401, "unauthenticated"},
         {"translator", translator, "POST", terms_path, {}, harbour, 403, "forbidden"},
         {"editor of nb", only(editor, {"nb"}), "POST", terms_path, {}, harbour, 403, "forbidden"},
         {"editor of en says nothing in nb", only(editor, {"en"}), "POST", terms_path, {}, harbour, 403, "forbidden"},
         {"editor",
          editor,
          "POST",
          terms_path,
          {},
          harbour,
          201,
          {},
          {{"/n", "1"}},
          {{"Location", one}, {"ETag", "\"1\""}}},
         {"taken",
          editor,
          "POST",
          terms_path,
          {},
          R"({"source_locale": "en", "text": "Harbour"})",
          409,
          "term",
          {{"/term", "1"}}},
         {"translator of nb",
          only(translator, {"nb"}),
          "PATCH",
          one,
          {{"If-Match", "\"1\""}},
          R"({"translations": {"nb": {"texts": ["hamn"], "forbidden": ["havn"]}}})",
          200,
          {},
          {{"/translations/nb/texts/0", "\"hamn\""}, {"/version", "2"}}},
         {"without If-Match", translator, "PATCH", one, {}, R"({"translations": {"nb": null}})", 428},
         {"an old one", translator, "PATCH", one, {{"If-Match", "\"1\""}}, R"({"translations": {"nb": null}})", 412},
         {"translator: the term",
          translator,
          "PATCH",
          one,
          {{"If-Match", "\"2\""}},
          R"({"text": "port"})",
          403,
          "forbidden"},
         {"translator of ar",
          only(translator, {"ar"}),
          "PATCH",
          one,
          {{"If-Match", "\"2\""}},
          R"({"translations": {"nb": null}})",
          403},
         {"junk", editor, "PATCH", one, {{"If-Match", "\"2\""}}, R"({"translations": {"??": {}}})", 422},
         {"listed",
          reader,
          "GET",
          terms_path + "?source=en&target=nb&q=ham",
          {},
          {},
          200,
          {},
          {{"/items/0/n", "1"}, {"/total", "null"}}},
         {"no source", reader, "GET", terms_path, {}, {}, 400},
         {"deleted", editor, "DELETE", one, {{"If-Match", "\"2\""}}, {}, 204},
         {"gone", reader, "GET", terms_path + "?source=en", {}, {}, 200, {}, {{"/total", "0"}}},
         {"there still", reader, "GET", one, {}, {}, 200, {}, {{"/deleted", "true"}}},
         {"back", editor, "POST", one + "/restore", {}, {}, 200, {}, {{"/deleted", "false"}}},
         {"no such", reader, "GET", terms_path + "/99", {}, {}, 404, "term"},
         {"as a table", reader, "GET", "/api/v1/terms.csv?source=en&target=nb"},
         {"a table by translators",
          only(translator, {"nb"}),
          "POST",
          "/api/v1/terms.csv?source=en&target=nb",
          {{"Content-Type", "text/csv"}},
          "text,translation\nharbour,hamna\n",
          200,
          {},
          {{"/changed", "1"}}},
         {"new terms in it",
          only(translator, {"nb"}),
          "POST",
          "/api/v1/terms.csv?source=en&target=nb",
          {{"Content-Type", "text/csv"}},
          "text,translation\nquay,kai\n",
          422}});
}

STELE_ON_BOTH_DATABASES(a_segment_shows_its_terms_and_what_is_found_while_typing) {
    TestSite site(db);
    Client me(site, accounts::Role::editor);
    const auto id = me.post("/api/v1/articles", R"({"source_locale": "en", "translation": {"title": "Visits",
        "body": "The harbour had 90 visitors."}})")
                        .integer("/id");
    me.post(terms_path, harbour);
    const auto path = path_of(ArticleId(id), "nb");
    const auto found = me.get(path + "/segments/b1/terms");
    BOOST_TEST(found.integer("/items/0/range/from") == 4);
    BOOST_TEST(found.integer("/items/0/range/to") == 11);
    BOOST_TEST(found.string("/items/0/translation/texts/0") == "havn");

    const auto checked = me.post(path + "/segments/b1/check", R"({"text": "Kaia hadde 80 besøkende."})");
    BOOST_TEST(checked.status == 200);
    BOOST_TEST(checked.json.at("items").as_array().size() == 2u);
    BOOST_TEST(checked.string("/items/0/check") == "terms");
    BOOST_TEST(checked.string("/items/1/message") == "The source says 90, the translation 80.");
    BOOST_TEST(checked.integer("/items/1/range/from") == 11);
    BOOST_TEST(checked.string("/items/1/mend/text") == "90");
    BOOST_TEST(checked.string("/items/1/mend/label") == "Use 90");
    BOOST_TEST(me.get(path).integer("/version") == 0);  // nothing is saved

    me.patch(path, R"({"title": "Besøk", "segments": [{"id": "b1", "text": "Havna hadde 80 besøkende."}]})");
    const auto finding = me.get(path + "/checks").string("/items/0/items/0/id");
    BOOST_TEST(finding.starts_with("numbers."));
    const auto dismiss = path + "/segments/b1/findings/" + finding + "/dismiss";
    BOOST_TEST(me.post(dismiss, R"({})").status == 422);
    BOOST_TEST(me.post(dismiss, R"({"reason": " "})").string("/errors/0/pointer") == "/reason");
    BOOST_TEST(me.post(dismiss, R"({"reason": "Counted again"})").status == 204);
    auto all = me.get(path + "/checks");
    BOOST_TEST(all.string("/items/0/dismissed/0/reason") == "Counted again");
    BOOST_TEST(me.del(dismiss).status == 204);
    BOOST_TEST(me.get(path + "/checks").string("/items/0/items/0/check") == "numbers");
    BOOST_TEST(me.post(path + "/segments/b1/findings/numbers.0/dismiss", R"({"reason": "x"})").status == 404);
    BOOST_TEST(me.post(path + "/segments/b7/check", R"({"text": "x"})").status == 404);
}

STELE_ON_BOTH_DATABASES(what_has_errors_is_published_only_when_asked_for) {
    TestSite site(db);
    Client me(site, accounts::Role::editor);
    const auto id = me.post("/api/v1/articles", R"({"source_locale": "en", "translation": {"title": "Hello {name}"}})")
                        .integer("/id");
    const auto path = path_of(ArticleId(id), "nb");
    const auto saved = me.patch(path, R"({"title": "Hei {navn}"})");
    const auto held = me.post(path + "/publish", "{}", saved.etag());
    BOOST_TEST(held.status == 409);
    BOOST_TEST(held.string("/type") == "urn:stele:publish-checks");
    BOOST_TEST(held.string("/findings/0/segment") == "title");
    BOOST_TEST(held.string("/findings/0/check") == "placeholders");
    BOOST_TEST(me.post(path + "/publish", R"({"checks": "ignore"})", saved.etag()).status == 200);
}

STELE_ON_BOTH_DATABASES(the_glossary_is_kept_in_the_studio_without_script) {
    TestSite site(db);
    Person editor(site, "eva", Role::editor), translator(site, "nils", Role::translator, {"nb"});
    BOOST_TEST(has(editor.get("/studio/terms?source=en&target=nb"), "No terms yet"));
    auto fields = fields_of(editor.get("/studio/terms/new?source=en&target=nb").text, "/studio/terms/new");
    fields["text"] = "solidarity city";
    fields["texts"] = "solidaritetsby\nsolidarisk by";
    BOOST_TEST(editor.post("/studio/terms/new", fields).header("Location") ==
               "/studio/terms?source=en&target=nb&done=1");
    const auto taken = editor.post("/studio/terms/new", fields);
    BOOST_TEST(taken.status == 409);
    BOOST_TEST(has(taken, "solidarisk by"));  // nothing typed is lost
    const auto list = editor.get("/studio/terms?source=en&target=nb&q=city");
    BOOST_TEST(has(list, "solidaritetsby · solidarisk by"));

    const std::string path = "/studio/terms/1";
    const auto seen = fields_of(editor.get(path + "?target=nb").text, path);
    auto changed = fields_of(translator.get(path + "?target=nb").text, path);
    changed["texts"] = "solidaritetsby";
    changed["text"] = "not mine to change";
    BOOST_TEST(translator.post(path, changed).status == 303);
    BOOST_TEST(!has(editor.get("/studio/terms?source=en&target=nb"), "solidarisk by"));
    BOOST_TEST(has(editor.get("/studio/terms?source=en&target=nb"), "solidarity city"));
    // Who saw it before and changes something else loses nothing, and takes nothing away.
    auto noted = seen;
    noted["note"] = "Of a network";
    BOOST_TEST(editor.post(path, noted).status == 303);
    const auto now = fields_of(editor.get(path + "?target=nb").text, path);
    BOOST_TEST(now.at("texts") == "solidaritetsby");
    BOOST_TEST(now.at("note") == "Of a network");
    auto late = seen;
    late["texts"] = "solidaritetens by";
    const auto refused = editor.post(path, late);
    BOOST_TEST(refused.status == 412);
    BOOST_TEST(has(refused, "Somebody else changed the same"));
    BOOST_TEST(has(refused, "nils"));
    BOOST_TEST(has(refused, ">solidaritetsby</blockquote>"));
    auto again = fields_of(refused.text, path);
    BOOST_TEST(again.at("texts") == "solidaritetens by");
    BOOST_TEST(again.at("note") == "Of a network");
    BOOST_TEST(editor.post(path, again).status == 303);
    BOOST_TEST(has(editor.get("/studio/terms?source=en&target=nb"), "solidaritetens by"));

    auto removal = seen;
    removal["do"] = "delete";
    auto not_mine = changed;
    not_mine["do"] = "delete";
    BOOST_TEST(translator.post(path, not_mine).status == 403);
    const auto deleted = editor.post(path, removal).header("Location");
    const auto after = editor.get(deleted);
    BOOST_TEST(!has(after, "solidarity city"));
    auto undo = fields_of(after.text, path);
    undo["do"] = "restore";
    BOOST_TEST(editor.post(path, undo).status == 303);
    BOOST_TEST(has(editor.get("/studio/terms?source=en&target=nb"), "solidarity city"));
}

STELE_ON_BOTH_DATABASES(what_is_said_in_a_language_is_never_written_into_another) {
    TestSite site(db);
    Person admin(site, "ada", Role::admin);
    Client me(site, Role::admin);
    const auto serve_german = [&](bool enabled, const std::string& etag) {
        const auto body = fmt::format(R"({{"enabled": {}}})", enabled);
        BOOST_TEST(me.put("/api/v1/locales/de", body, etag).status == 200);
        worklist::fill_orders(site.store());
    };
    serve_german(true, {});
    me.post(terms_path, R"({"source_locale": "en", "text": "city", "translations": {"nb": {"texts": ["by"]}}})");
    const std::string path = "/studio/terms/1", table = "/studio/terms\" enctype=\"multipart/form-data";
    auto typed = fields_of(admin.get(path + "?target=de").text, path);
    auto fresh = fields_of(admin.get("/studio/terms/new?source=en&target=de").text, "/studio/terms/new");
    auto of_german = fields_of(admin.get("/studio/terms/new?source=de&target=en").text, "/studio/terms/new");
    const auto import = fields_of(admin.get("/studio/terms?source=en&target=de").text, table);
    serve_german(false, "\"1\"");

    typed["texts"] = "Stadt";
    const auto refused = admin.post(path, typed);
    BOOST_TEST(refused.status == 422);
    BOOST_TEST(has(refused, "The language de is not enabled"));
    BOOST_TEST(fields_of(refused.text, path).at("texts") == "Stadt");
    fresh["text"] = "harbour";
    fresh["texts"] = "Hafen";
    const auto also = admin.post("/studio/terms/new", fresh);
    BOOST_TEST(also.status == 422);
    BOOST_TEST(fields_of(also.text, "/studio/terms/new").at("texts") == "Hafen");
    of_german["text"] = "Hafen";
    BOOST_TEST(admin.post("/studio/terms/new", of_german).status == 422);
    const auto file = admin.post_parts("/studio/terms", import, {"csv", "t.csv", "text,translation\ncity,Stadt\n"});
    BOOST_TEST(file.status == 422);
    BOOST_TEST(has(file, "The language German is not enabled"));
    BOOST_TEST(me.get(terms_path + "/1").string("/translations/nb/texts/0") == "by");
    BOOST_TEST(me.get(terms_path + "/1")["/translations"].as_object().size() == 1u);
    BOOST_TEST(me.get(terms_path + "?source=en").integer("/total") == 1);
    typed["target"] = "no language";
    BOOST_TEST(admin.post(path, typed).status == 400);
}

STELE_ON_BOTH_DATABASES(a_table_of_terms_is_imported_in_the_studio_without_script) {
    TestSite site(db);
    Person editor(site, "eva", Role::editor), translator(site, "nils", Role::translator, {"nb"});
    const std::string page = "/studio/terms?source=en&target=nb";
    const auto import = [&](Person& person, const std::string& csv) {
        return person.post_parts("/studio/terms",
                                 fields_of(person.get(page).text, "/studio/terms\" enctype=\"multipart/form-data"),
                                 {"csv", "terms.csv", csv});
    };
    BOOST_TEST(has(import(editor, "text,translation\r\nharbour,havn\r\n"), "1 term added, 0 changed, 0 as before."));
    const auto changed = import(translator, "text,translation\r\nharbour,havn|hamn\r\nquay,kai\r\n");
    BOOST_TEST(changed.status == 422);
    BOOST_TEST(has(changed, "Row 3: “quay” is no term yet"));
    BOOST_TEST(has(import(translator, "text,translation\r\nharbour,havn|hamn\r\n"), "0 terms added, 1 changed"));
    BOOST_TEST(has(translator.get(page), "havn · hamn"));
    BOOST_TEST(!has(translator.get("/studio/terms?source=en&target=ar"), "enctype"));
    BOOST_TEST(has(import(editor, "\"open\n"), "cannot be read as CSV"));
    BOOST_TEST(
        has(import(editor, "text,translation\nharbour,h\xE5vn\n"), "Save it in your spreadsheet as “CSV UTF-8”"));
}

STELE_ON_BOTH_DATABASES(errors_hold_a_publication_in_the_studio_until_it_is_published_anyway) {
    TestSite site(db);
    Person editor(site, "eva", Role::editor);
    const auto path = form_path(site.about, "nb");
    const auto saved = editor.submit(path, {{"s.title", "Om {oss}"}}, "publish");
    BOOST_TEST_REQUIRE(saved.status == 303);
    BOOST_TEST(has(editor.get(saved.header("Location")), "publish-anyway"));
    // Whoever lets the errors stand has said nothing of what is missing.
    const auto asked = editor.submit(path, {}, "publish-anyway").header("Location");
    BOOST_TEST(has(editor.get(asked), "publish-incomplete-anyway"));
    const auto published = editor.submit(path, {}, "publish-incomplete-anyway");
    BOOST_TEST(published.header("Location") == path + "?done=published");
}

BOOST_AUTO_TEST_SUITE_END()
