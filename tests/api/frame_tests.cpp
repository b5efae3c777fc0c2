// The frame of the studio and the pages that stand in it, as a browser without script uses them.
#include <boost/test/unit_test.hpp>
#include <set>

#include "src/exchange/exchange.hpp"
#include "src/workflow/assignments.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"
#include "tests/api/studio_person.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

Fields with_token(Person& person, Fields fields) {
    fields["csrf"] = fields_of(person.get("/studio").text, "/studio/sign-out")["csrf"];
    return fields;
}

std::string id_of(ArticleId id) { return std::to_string(number(id)); }

size_t rows_in(const Answer& page) {
    size_t rows = 0;
    for (size_t at = 0; (at = page.text.find("<th scope=\"row\"", at)) != std::string::npos; ++at) ++rows;
    return rows;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(studio_frame)

STELE_ON_BOTH_DATABASES(every_page_marks_where_one_is) {
    TestSite site(db);
    Person kari(site, "kari", Role::admin);
    for (const std::string path : {"/studio", "/studio/board", "/studio/articles"})
        BOOST_TEST(has(kari.get(path), "<a data-place href=\"" + path + "\" data-key=\"" +
                                           (path == "/studio"         ? "h"
                                            : path == "/studio/board" ? "b"
                                                                      : "a") +
                                           "\" aria-current=\"page\">"),
                   path);
    BOOST_TEST(has(kari.get("/studio/worklist/ar"),
                   "<a data-place href=\"/studio/worklist\" data-key=\"w\" aria-current=\"page\">"));
    BOOST_TEST(
        has(kari.get("/studio/settings/locales"), "<a href=\"/studio/settings/locales\" aria-current=\"page\">"));
}

STELE_ON_BOTH_DATABASES(home_says_what_is_left_and_what_is_assigned) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"nb"});
    BOOST_TEST(has(omar.get("/studio"), "Nothing is assigned to you."));
    const auto nb = locale::Tag::stored("nb");
    workflow::assign(site.store(), site.statement, nb, {"omar", workflow::Day{std::chrono::year(2020) / 1 / 2}},
                     {.name = "kari", .grants = {{Role::editor, {}}}});
    const auto home = omar.get("/studio");
    BOOST_TEST(has(home, form_path(site.statement, "nb")));
    BOOST_TEST(has(home, "overdue since"));
    BOOST_TEST(!has(home, "Nothing is assigned to you."));
}

STELE_ON_BOTH_DATABASES(the_board_shows_each_article_in_each_language_and_filters) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    const auto all = kari.get("/studio/board");
    BOOST_TEST(rows_in(all) == 4u);
    for (const auto* locale : {"nb", "en", "ar"}) BOOST_TEST(has(all, form_path(site.harbour, locale)));
    BOOST_TEST(rows_in(kari.get("/studio/board?type=news")) == 1u);
    BOOST_TEST(rows_in(kari.get("/studio/board?state=incomplete&in=nb")) == 1u);
    BOOST_TEST(rows_in(kari.get("/studio/board?q=harb")) == 1u);
    BOOST_TEST(rows_in(kari.get("/studio/board?q=harb&type=page")) == 0u);
    BOOST_TEST(has(kari.get("/studio/board?q=harb&type=page"), "No article is like this."));
    workflow::assign(site.store(), site.statement, locale::Tag::stored("nb"), {"kari", std::nullopt},
                     {.name = "kari", .grants = {{Role::editor, {}}}});
    const auto mine = kari.get("/studio/board?assignee=kari");
    BOOST_TEST(rows_in(mine) == 1u);
    BOOST_TEST(has(mine, form_path(site.statement, "nb")));
    BOOST_TEST(rows_in(kari.get("/studio/board?assignee=kari&q=harb")) == 0u);
    BOOST_TEST(rows_in(kari.get("/studio/board?assignee=nobody")) == 0u);
}

STELE_ON_BOTH_DATABASES(what_somebody_has_is_paged_and_counted_as_everything_else) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"nb", "ar"});
    std::vector<workflow::TextPlace> places;
    for (int i = 0; i < 30; ++i) {
        editing::Changes texts;
        texts.title = "Extra " + std::to_string(i);
        const auto created = editing::create_article(site.store(),
                                                     {.key = "extra-" + std::to_string(i),
                                                      .type = "page",
                                                      .source_locale = locale::Tag::stored("en"),
                                                      .shared = {},
                                                      .translation = texts},
                                                     "kari");
        places.push_back({created.id, locale::Tag::stored("nb")});
    }
    workflow::assign_many(site.store(), places, workflow::AssignTo{"omar", std::nullopt},
                          {.name = "kari", .grants = {{Role::editor, {}}}});
    const auto first = omar.get("/studio/board?assignee=omar");
    BOOST_TEST(rows_in(first) == 25u);
    const auto next = between(first.text, "<a class=\"button\" href=\"", "\" rel=\"next\"");
    BOOST_TEST(rows_in(omar.get(unescaped(next))) == 5u);
    const auto home = omar.get("/studio");
    BOOST_TEST(has(home, "<a href=\"/studio/board?assignee=omar\">All on the board (30)</a>"));
}

STELE_ON_BOTH_DATABASES(many_articles_are_assigned_at_once_each_for_itself) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor), omar(site, "omar", Role::translator, {"nb"});
    auto fields = with_token(kari, {{"do", "assign"},
                                    {"locale", "nb"},
                                    {"account", "omar"},
                                    {"due", "2027-01-31"},
                                    {"article", id_of(site.statement)}});
    const auto done = kari.post("/studio/board", fields);
    BOOST_TEST(done.status == 200);
    BOOST_TEST(has(done, "1 text is assigned to omar."));
    BOOST_TEST(has(omar.get("/studio"), form_path(site.statement, "nb")));
    fields["locale"] = "ar";
    const auto refused = kari.post("/studio/board", fields);
    BOOST_TEST(has(refused, "1 was left as it is:"));
    BOOST_TEST(!workflow::find_assignment(site.store(), site.statement, locale::Tag::stored("ar")).has_value());
    BOOST_TEST(omar.post("/studio/board", with_token(omar, fields)).status == 403);
}

STELE_ON_BOTH_DATABASES(work_is_taken_back_by_a_button_of_its_own_and_given_again_by_undoing) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor), omar(site, "omar", Role::translator, {"nb"});
    const auto nb = locale::Tag::stored("nb");
    workflow::assign(site.store(), site.statement, nb, {"omar", workflow::Day{std::chrono::year(2027) / 1 / 31}},
                     {.name = "kari", .grants = {{Role::editor, {}}}});
    const auto assigned = [&] { return workflow::find_assignment(site.store(), site.statement, nb); };
    auto fields = with_token(kari, {{"do", "assign"}, {"locale", "nb"}, {"article", id_of(site.statement)}});
    BOOST_TEST(has(kari.post("/studio/board", fields), "Nobody is chosen."));
    BOOST_TEST(assigned().has_value());
    fields["do"] = "unassign";
    const auto taken = kari.post("/studio/board", fields);
    BOOST_TEST(has(taken, "1 text is assigned to nobody now."));
    BOOST_TEST(!assigned().has_value());
    fields["do"] = "undo-assign";
    fields["change"] = between(taken.text, "name=\"change\" value=\"", "\"");
    BOOST_TEST(has(kari.post("/studio/board", fields), "1 text is assigned as before."));
    BOOST_TEST_REQUIRE(assigned().has_value());
    BOOST_TEST(assigned()->name == "omar");
    BOOST_TEST((assigned()->due == workflow::Day{std::chrono::year(2027) / 1 / 31}));
    fields["change"] = "x";
    BOOST_TEST(kari.post("/studio/board", fields).status == 400);
}

STELE_ON_BOTH_DATABASES(undoing_an_assignment_leaves_what_others_assigned_since) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor), omar(site, "omar", Role::translator, {"nb"}),
        nina(site, "nina", Role::translator, {"nb"});
    const auto nb = locale::Tag::stored("nb");
    const auto assigned = [&] {
        const auto one = workflow::find_assignment(site.store(), site.statement, nb);
        return one ? one->name : std::string("nobody");
    };
    auto fields =
        with_token(kari, {{"do", "assign"}, {"locale", "nb"}, {"account", "omar"}, {"article", id_of(site.statement)}});
    auto undo = fields;
    undo["do"] = "undo-assign";
    undo["change"] = between(kari.post("/studio/board", fields).text, "name=\"change\" value=\"", "\"");
    workflow::assign(site.store(), site.statement, nb, {"nina", {}}, {.name = "eva", .grants = {{Role::editor, {}}}});
    const auto late = kari.post("/studio/board", undo);
    BOOST_TEST(has(late, "nina has it now"));
    BOOST_TEST(has(late, "0 texts are assigned as before."));
    BOOST_TEST(assigned() == "nina");
    workflow::unassign(site.store(), site.statement, nb, {.name = "eva", .grants = {{Role::editor, {}}}});
    BOOST_TEST(has(kari.post("/studio/board", undo), "nobody has it now"));
    // Where nobody had it, undoing leaves nobody.
    undo["change"] = between(kari.post("/studio/board", fields).text, "name=\"change\" value=\"", "\"");
    BOOST_TEST(assigned() == "omar");
    BOOST_TEST(has(kari.post("/studio/board", undo), "1 text is assigned as before."));
    BOOST_TEST(assigned() == "nobody");
}

STELE_ON_BOTH_DATABASES(many_articles_are_published_at_once_and_each_refusal_has_its_reason) {
    TestSite site(db);
    Person kari(site, "kari", Role::editor);
    auto fields = with_token(kari, {{"do", "publish"}, {"locale", "ar"}});
    BOOST_TEST(has(kari.post("/studio/board", fields), "No article is chosen."));
    const auto csrf = fields["csrf"];
    const auto body = encoded(fields) + "&article=" + id_of(site.welcome) + "&article=" + id_of(site.about);
    const auto asked = kari.post_raw("/studio/board", body);
    BOOST_TEST(has(asked, "Publish 2 texts in Arabic?"));
    BOOST_TEST(!site.translation(site.welcome, "ar").published);
    const auto answer = kari.post_raw("/studio/board", body + "&sure=1");
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(has(answer, "1 text is published."));
    BOOST_TEST(has(answer, "1 was left as it is:"));
    BOOST_TEST(has(answer, "There is nothing to publish yet."));
    BOOST_TEST(site.translation(site.welcome, "ar").published);
    BOOST_TEST(kari.post_raw("/studio/board", "do=publish&locale=ar&article=x&csrf=" + csrf).status == 400);
}

STELE_ON_BOTH_DATABASES(chosen_articles_are_exported_as_files_that_an_import_takes_back) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"nb"});
    const auto fields = with_token(omar, {{"do", "export"}, {"locale", "nb"}, {"article", id_of(site.about)}});
    const auto answer = omar.post("/studio/board", fields);
    BOOST_TEST(answer.status == 200);
    BOOST_TEST(answer.header("Content-Type") == "application/x-tar");
    BOOST_TEST(answer.text.size() % 512 == 0u);
    exchange::MemoryFiles files{std::map<std::string, std::string>()};
    for (size_t at = 0; answer.text[at] != '\0';) {
        const std::string name = answer.text.c_str() + at;
        const auto size = std::stoul(answer.text.substr(at + 124, 11), nullptr, 8);
        files.files[name] = answer.text.substr(at + 512, size);
        at += 512 + (size + 511) / 512 * 512;
    }
    BOOST_TEST(files.files.size() == 2u);
    const auto report = exchange::import_files(site.store(), files, {});
    BOOST_TEST(report.clean());
    BOOST_TEST(report.created + report.changed == 0);
}

STELE_ON_BOTH_DATABASES(history_shows_what_differs_and_brings_a_version_back) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"en"});
    const auto path = form_path(site.harbour, "en"), history = path + "/history";
    const auto before = site.translation(site.harbour, "en");
    BOOST_TEST(omar.submit(path, {{"s.title", "The harbour closes"}}, "save").status == 303);
    const auto page = omar.get(history);
    BOOST_TEST(has(page, "<del>reopens</del><ins>closes</ins>"));
    const auto now = site.translation(site.harbour, "en").version;
    auto fields = with_token(omar, {{"n", std::to_string(before.version.translation)},
                                    {"seen", std::to_string(now.translation) + "." + std::to_string(now.source)}});
    BOOST_TEST(omar.post(history, fields).status == 303);
    BOOST_TEST(site.translation(site.harbour, "en").title == "The harbour reopens");
    // Somebody was faster.
    BOOST_TEST(omar.post(history, fields).status == 409);
    BOOST_TEST(omar.post(form_path(site.harbour, "nb") + "/history", fields).status == 403);
    BOOST_TEST(omar.get(history + "?from=1&to=99").status == 404);
    BOOST_TEST(
        has(omar.get(form_path(site.harbour, "ar") + "/history"), "Nothing has been saved in this language yet."));
}

STELE_ON_BOTH_DATABASES(languages_are_changed_by_administrators_and_explained_to_all) {
    TestSite site(db);
    Person admin(site, "ada", Role::admin), reader(site, "leser", Role::reader);
    const std::string path = "/studio/settings/locales";
    const auto explained = reader.get(path + "?accept=nn,%20de");
    BOOST_TEST(has(explained, "This reader gets Norwegian Bokmål."));
    BOOST_TEST(!has(explained, "name=\"position\""));
    BOOST_TEST(reader.post(path, with_token(reader, {{"tag", "de"}, {"enabled", "1"}})).status == 403);

    BOOST_TEST(admin.post(path, with_token(admin, {{"tag", "de"}, {"enabled", "1"}})).status == 303);
    worklist::fill_orders(site.store());
    BOOST_TEST(has(admin.get(path), "Deutsch"));
    BOOST_TEST(has(admin.post(path, with_token(admin, {{"tag", "x"}, {"enabled", "1"}})), "is not a language tag"));
    // The version that was seen decides.
    const auto changed =
        with_token(admin, {{"tag", "de"}, {"version", "1"}, {"enabled", "1"}, {"position", "7"}, {"fallback", "nb"}});
    BOOST_TEST(admin.post(path, changed).status == 303);
    BOOST_TEST(admin.post(path, changed).status == 409);
    const auto off = with_token(admin, {{"tag", "nb"}, {"version", "1"}});
    BOOST_TEST(admin.post(path, off).status == 409);
}

STELE_ON_BOTH_DATABASES(a_mistake_in_the_form_of_a_language_is_said_and_what_was_typed_stays) {
    TestSite site(db);
    Person admin(site, "ada", Role::admin);
    const std::string path = "/studio/settings/locales";
    const auto there = admin.post(path, with_token(admin, {{"tag", "nb"}, {"enabled", "1"}}));
    BOOST_TEST(there.status == 409);
    BOOST_TEST(has(there, "This language is there already. Change it in the list above."));
    for (const auto* position : {"99999999999", "10000", "-1", "two"}) {
        const auto refused = admin.post(
            path, with_token(
                      admin,
                      {{"tag", "nb"}, {"version", "1"}, {"enabled", "1"}, {"position", position}, {"fallback", "en"}}));
        BOOST_TEST(refused.status == 422);
        BOOST_TEST(has(refused, "Place in the list: This has to "));
        BOOST_TEST(has(refused, "value=\"" + std::string(position) + "\""));
        BOOST_TEST(has(refused, "<details open>"));
    }
    BOOST_TEST(!has(admin.get(path), "<details open>"));
}

STELE_ON_BOTH_DATABASES(articles_are_found_by_key_and_by_words) {
    TestSite site(db);
    Person kari(site, "kari", Role::reader);
    BOOST_TEST(rows_in(kari.get("/studio/articles")) == 4u);
    BOOST_TEST(rows_in(kari.get("/studio/articles?q=reopens")) == 1u);
    BOOST_TEST(rows_in(kari.get("/studio/articles?type=page")) == 2u);
    const auto article = kari.get("/studio/articles?q=" + id_of(site.about));
    BOOST_TEST(article.header("Location") == "/studio/articles/" + id_of(site.about));
    BOOST_TEST(has(kari.get("/studio/articles?q=nothingatall"), "No article is like this."));
}

STELE_ON_BOTH_DATABASES(the_next_text_to_do_is_a_link_away) {
    TestSite site(db);
    Person omar(site, "omar", Role::translator, {"nb"});
    std::set<std::string> seen;
    std::string after;
    for (int i = 0; i < 4; ++i) {
        const auto next = omar.get("/studio/worklist/nb/next?after=" + after).header("Location");
        BOOST_TEST_REQUIRE(next.starts_with("/studio/articles/"));
        after = between(next, "/studio/articles/", "/");
        seen.insert(next);
    }
    worklist::Query query{.locale = locale::Tag::stored("nb")};
    BOOST_TEST(seen.size() == worklist::list(site.store(), query).items.size());
    BOOST_TEST(omar.get("/studio/worklist/nb/next?state=outdated").header("Location") ==
               "/studio/worklist/nb?state=outdated&done=1");
}

BOOST_AUTO_TEST_SUITE_END()
