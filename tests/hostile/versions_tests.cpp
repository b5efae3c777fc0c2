// Versions that nobody has seen, and work that meets other work: nothing that was typed is lost.
#include "tests/api/studio_person.hpp"
#include "tests/hostile/site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::string about_nb = articles + "/about/translations/nb", about_en = articles + "/about/translations/en";
const std::string harbour_en = articles + "/harbour/translations/en",
                  harbour_nb = articles + "/harbour/translations/nb";

std::string one_segment(const std::string& id, const std::string& text) {
    return to_text({{"segments", boost::json::array{{{"id", id}, {"text", text}}}}});
}

// Both texts, who wrote the other one and when.
void check_conflict(const Answer& answer, const std::string& segment, const std::string& yours,
                    const std::string& theirs) {
    BOOST_TEST(answer.status == 412, answer);
    BOOST_TEST(answer.string("/type") == "urn:stele:version-conflict");
    BOOST_TEST(answer.string("/conflicts/0/segment") == segment, answer);
    BOOST_TEST(answer.string("/conflicts/0/yours") == yours, answer);
    BOOST_TEST(answer.string("/conflicts/0/theirs") == theirs, answer);
    BOOST_TEST(!answer.string("/conflicts/0/actor").empty(), answer);
    BOOST_TEST(!answer.string("/conflicts/0/at").empty(), answer);
}

// The source's segment that begins so is taken out of its body.
void cut(HostileSite& site, ArticleId id, const std::string& locale, const std::string& paragraph) {
    Client client(site, accounts::Role::editor);
    const auto target = path_of(id, locale);
    const auto now = client.get(target);
    auto body = now.string("/body");
    const auto at = body.find(paragraph);
    BOOST_REQUIRE(at != std::string::npos);
    body.erase(at, paragraph.size());
    BOOST_REQUIRE(client.patch(target, to_text({{"body", body}}), now.etag()).status == 200);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(versions)

STELE_ON_BOTH_DATABASES(a_version_that_was_never_given_out_changes_nothing) {
    HostileSite site(db);
    std::vector<Case> cases;
    const auto ask = [&](const Who& who, const std::string& method, const std::string& target, const std::string& body,
                         const std::string& tag, int status, const std::string& type, const std::string& place,
                         const std::string& says) {
        test::Headers headers;
        if (!tag.empty()) headers.emplace_back("If-Match", tag);
        cases.push_back({tag, who, method, target, body, status, type, place, says, headers});
    };
    const auto article = site.call("GET", articles + "/about", site.token(accounts::Role::reader)).etag();
    const auto nb = site.translation(site.about, "nb").version.etag();
    struct Written {
        Who who;
        std::string method, target, body;
    };
    for (const auto& [who, method, target, body] :
         std::vector<Written>{{translator, "PUT", about_nb, R"({"title": "T"})"},
                              {translator, "PATCH", about_nb, R"({"title": "T"})"},
                              {editor, "PATCH", about_en, R"({"title": "T"})"},
                              {editor, "DELETE", about_nb, ""},
                              {editor, "POST", about_nb + "/publish", R"({"incomplete": true})"},
                              {editor, "POST", about_nb + "/unpublish", ""},
                              {editor, "POST", about_nb + "/keep", R"({"segments": "all"})"},
                              {editor, "DELETE", about_nb + "/keep", ""},
                              {translator, "POST", about_nb + "/revisions/1/restore", ""},
                              {editor, "PATCH", articles + "/about", R"({"priority": 3})"},
                              {editor, "DELETE", articles + "/about", ""},
                              {admin, "PUT", "/api/v1/locales/nb", R"({"position": 3})"}}) {
        const auto needs = [&](const std::string& tag) {
            ask(who, method, target, body, tag, 428, "precondition-required", {}, "send its ETag in an If-Match");
        };
        needs("");
        needs("*");
        for (const std::string tag :
             {"\"999999.1\"", "\"9223372036854775808.1\"", "\"-1.-1\"", "\"\"", "\"x\"", "\"0x1.1\"", "W/\"1.1\""})
            ask(who, method, target, body, tag, 412, "version-conflict", {}, "Compare both texts");
        for (const std::string tag :
             {"1.1", "\"1.1", "\"1.1\", \"2.1\"", "\"1.1\" \"1.1\"", "w/\"1.1\"", "'1.1'", "*, \"1.1\""})
            ask(who, method, target, body, tag, 400, "if-match", "header If-Match", "one entity tag in double quotes");
    }
    ask(translator, "PATCH", about_nb, R"({"title": "T"})", "\"1.999999\"", 412, "version-conflict", {},
        "Compare both texts");
    // A segment that nobody has written yet, which no version of it could be in conflict with.
    const auto untouched = one_segment(site.segment(site.about, "nb", "Write to us"), "Skriv til oss");
    ask(translator, "PATCH", about_nb, untouched, "\"-1.1\"", 412, "version-conflict", {}, "Compare both texts");
    // Another resource's.
    ask(translator, "PATCH", about_nb, R"({"title": "T"})", article, 412, "version-conflict", {}, "Compare both texts");
    ask(editor, "PATCH", articles + "/about", R"({"priority": 3})", nb, 412, "version-conflict", {},
        "Compare both texts");
    refuse_all(site, cases);
}

STELE_ON_BOTH_DATABASES(of_two_editors_of_a_segment_neither_loses_a_word) {
    HostileSite site(db);
    Client first(site, accounts::Role::translator), second(site, accounts::Role::editor);
    const auto id = site.segment(site.harbour, "en", "Bedre");
    const auto tag = site.translation(site.harbour, "en").version.etag();
    BOOST_REQUIRE(first.patch(harbour_en, one_segment(id, "Brighter light"), tag).status == 200);
    const auto before = site.dump();
    check_conflict(second.patch(harbour_en, one_segment(id, "More light"), tag), id, "More light", "Brighter light");
    BOOST_TEST((site.dump() == before));

    Person kari(site, "kari", Role::translator);
    const auto path = form_path(site.harbour, "en");
    const auto fields = fields_of(kari.get(path).text, path);
    BOOST_REQUIRE(first.patch(harbour_en, one_segment(id, "The best light"), first.get(harbour_en).etag()).status ==
                  200);
    const auto between = site.dump();
    const auto page = kari.send(path, fields, {{"s." + id, "Lamps everywhere"}}, "save");
    BOOST_TEST(page.status == 412);
    BOOST_TEST(has(page, "Lamps everywhere"));
    BOOST_TEST(has(page, "The best light"));
    BOOST_TEST((site.dump() == between));
}

STELE_ON_BOTH_DATABASES(a_segment_that_was_cut_meanwhile_comes_back_to_its_writer) {
    HostileSite site(db);
    Client client(site, accounts::Role::translator);
    Person kari(site, "kari", Role::translator);
    const auto path = form_path(site.harbour, "en");
    const auto id = site.segment(site.harbour, "en", "Det er plass");
    const auto tag = site.translation(site.harbour, "en").version.etag();
    const auto fields = fields_of(kari.get(path).text, path);
    cut(site, site.harbour, "nb", "Det er plass til flere båter.\n\n");
    const auto before = site.dump();
    check_conflict(client.patch(harbour_en, one_segment(id, "Room for all boats"), tag), id, "Room for all boats", "");
    const auto page = kari.send(path, fields, {{"s." + id, "Room for every boat"}}, "save");
    BOOST_TEST(page.status == 412);
    BOOST_TEST(has(page, "Room for every boat"));
    BOOST_TEST((site.dump() == before), difference(before, site.dump()));
    // What only came along as it was is no conflict, and who has seen that it is gone is told so.
    BOOST_TEST(client.patch(harbour_en, one_segment(id, "There is room for more boats."), tag).status == 200);
    const auto now = site.translation(site.harbour, "en").version.etag();
    const auto unknown = client.patch(harbour_en, one_segment(id, "Room for all boats"), now);
    BOOST_TEST(unknown.status == 422, unknown);
    BOOST_TEST(unknown.string("/errors/0/pointer") == "/segments/0/id", unknown);
    BOOST_TEST((site.dump() == before), difference(before, site.dump()));
}

STELE_ON_BOTH_DATABASES(a_summary_that_was_removed_meanwhile_does_not_come_back_unasked) {
    HostileSite site(db);
    Client client(site, accounts::Role::editor);
    const auto tag_nb = site.translation(site.harbour, "nb").version.etag();
    const auto tag_en = site.translation(site.harbour, "en").version.etag();
    BOOST_REQUIRE(client.patch(harbour_nb, R"({"summary": ""})", tag_nb).status == 200);
    const auto before = site.dump();
    const std::string changed = R"({"summary": "Etter tre år."})", english = R"({"summary": "After three years."})";
    check_conflict(client.patch(harbour_nb, changed, tag_nb), "summary", "Etter tre år.", "");
    check_conflict(client.patch(harbour_nb, one_segment("summary", "Etter tre år."), tag_nb), "summary",
                   "Etter tre år.", "");
    check_conflict(client.patch(harbour_en, english, tag_en), "summary", "After three years.", "");
    check_conflict(client.patch(harbour_en, one_segment("summary", "After three years."), tag_en), "summary",
                   "After three years.", "");
    BOOST_TEST((site.dump() == before), difference(before, site.dump()));
    // Sent along as it was; and written anew by somebody who knows.
    BOOST_TEST(client.patch(harbour_en, R"({"summary": "After two years of work."})", tag_en).status == 200);
    BOOST_TEST(client.patch(harbour_nb, R"({"summary": "Etter to år med arbeid."})", tag_nb).status == 200);
    BOOST_TEST((site.dump() == before), difference(before, site.dump()));
    const auto now = client.get(harbour_nb).etag();
    BOOST_TEST(client.patch(harbour_nb, changed, now).string("/summary") == "Etter tre år.");
}

STELE_ON_BOTH_DATABASES(a_field_that_was_removed_meanwhile_does_not_come_back_unasked) {
    HostileSite site(db);
    Client client(site, accounts::Role::editor);
    const auto event = client.post(
        articles,
        R"({"key": "fair", "type": "event", "translation": {"title": "The fair", "fields": {"event_place": "Town"}}})");
    BOOST_REQUIRE(event.status == 201);
    const std::string source = articles + "/fair/translations/en", nb = articles + "/fair/translations/nb";
    const auto made = client.put(nb, R"({"title": "Markedet", "fields": {"event_place": "Byen"}})");
    BOOST_REQUIRE(client.patch(source, R"({"fields": {"event_place": ""}})", event.etag()).status == 200);
    const auto before = site.dump();
    check_conflict(client.patch(source, R"({"fields": {"event_place": "Village"}})", event.etag()),
                   "fields.event_place", "Village", "");
    check_conflict(client.patch(nb, R"({"fields": {"event_place": "Bygda"}})", made.etag()), "fields.event_place",
                   "Bygda", "");
    BOOST_TEST((site.dump() == before), difference(before, site.dump()));
}

STELE_ON_BOTH_DATABASES(an_article_that_is_deleted_while_it_is_translated_costs_nobody_a_word) {
    HostileSite site(db);
    Client client(site, accounts::Role::translator), editor_(site, accounts::Role::editor);
    Person kari(site, "kari", Role::translator), ole(site, "ole", Role::editor);
    const auto path = form_path(site.harbour, "en"), source_path = form_path(site.harbour, "nb");
    const auto tag = client.get(harbour_en).etag();
    const auto fields = fields_of(kari.get(path).text, path),
               source = fields_of(ole.get(source_path).text, source_path);
    BOOST_REQUIRE(editor_.del(articles + "/harbour", editor_.get(articles + "/harbour").etag()).status == 204);
    const std::string says = "until an editor has restored";
    const test::Headers seen{{"If-Match", tag}};
    refuse_all(
        site, {{"patch", translator, "PATCH", harbour_en, R"({"title": "T"})", 404, "article-deleted", {}, says, seen},
               {"put", translator, "PUT", harbour_en, R"({"title": "T"})", 404, "article-deleted", {}, says, seen},
               {"publish", editor, "POST", harbour_en + "/publish", {}, 404, "article-deleted", {}, says, seen},
               {"keep",
                editor,
                "POST",
                harbour_en + "/keep",
                R"({"segments": "all"})",
                404,
                "article-deleted",
                {},
                says,
                seen},
               {"read", reader, "GET", harbour_en, {}, 404, "article-deleted", {}, says},
               {"a guest is told nothing", guest, "GET", articles + "/harbour", {}, 404, "article", {}, "its number"}});
    const auto before = site.dump();
    const auto page =
        kari.send(path, fields, {{"s.title", "Half an hour's work"}, {"slug", "the-slug-i-wrote"}}, "save");
    BOOST_TEST(page.status == 404);
    BOOST_TEST(has(page, "Half an hour&apos;s work") + has(page, "Half an hour&#39;s work") +
                       has(page, "Half an hour's work") >
                   0,
               page.text);
    BOOST_TEST(has(page, "the-slug-i-wrote"));
    const auto lost = ole.send(source_path, source, {{"body", "A new body, two hours of it"}}, "save");
    BOOST_TEST(lost.status == 404);
    BOOST_TEST(has(lost, "A new body, two hours of it"));
    BOOST_TEST((site.dump() == before), difference(before, site.dump()));
    // Restored, and sent again as it was.
    BOOST_REQUIRE(editor_.post(articles + "/harbour/restore", "").status == 200);
    BOOST_TEST(client.patch(harbour_en, R"({"title": "T"})", tag).status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
