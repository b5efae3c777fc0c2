// The board: what its filters find, in which order, and that its pages join.
#include "src/locale/search_words.hpp"
#include "src/workflow/assignments.hpp"
#include "src/worklist/board.hpp"
#include "tests/storage/workflow_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

using content::State;
using worklist::BoardQuery;

BoardQuery in(std::string_view locale) { return {.locale = ContentSite::tag(locale), .limit = 25}; }

std::vector<std::string> titles_of(const std::vector<worklist::BoardRow>& rows) {
    std::vector<std::string> titles;
    for (const auto& row : rows) titles.push_back(row.title);
    return titles;
}

std::vector<std::string> found(ContentSite& site, BoardQuery query) {
    std::vector<std::string> titles;
    do {
        auto page = worklist::board(site.store, query);
        for (auto& title : titles_of(page.rows)) titles.push_back(std::move(title));
        query.after = page.next;
    } while (query.after);
    return titles;
}

using Titles = std::vector<std::string>;

}  // namespace

BOOST_AUTO_TEST_SUITE(the_board)

STELE_ON_BOTH_DATABASES(lists_articles_in_the_order_of_a_locale_with_all_editions) {
    ContentSite site(db);
    for (const auto* title : {"Øya", "Byen", "Ærlig"}) site.add("nb", title, "Tekst.\n", "");
    const auto page = worklist::board(site.store, in("nb"));
    BOOST_TEST(titles_of(page.rows) == (Titles{"Byen", "Ærlig", "Øya"}), boost::test_tools::per_element());
    BOOST_TEST(!page.next.has_value());
    BOOST_TEST_REQUIRE(page.rows[0].editions.size() == 4u);
    BOOST_TEST(page.rows[0].source_locale.text() == "nb");
}

STELE_ON_BOTH_DATABASES(joins_its_pages_whatever_is_asked_for) {
    ContentSite site(db);
    for (int i = 0; i < 9; ++i) {
        const auto id = site.add("nb", "Artikkel " + std::to_string(i), "Tekst.\n", "");
        if (i % 2 == 0) site.translate_all(id, "en");
    }
    for (auto query : {in("nb"), in("en"), in("de")}) {
        query.limit = 2;
        BOOST_TEST(found(site, query).size() == 9u);
        query.type = "page";
        BOOST_TEST(found(site, query).size() == 9u);
        query.text = "art";
        BOOST_TEST(found(site, query).size() == 9u);
    }
    auto query = in("en");
    query.limit = 2;
    query.state = State::untranslated;
    BOOST_TEST(found(site, query).size() == 4u);
    query.type = "page";
    BOOST_TEST(found(site, query).size() == 4u);
    query.type = "news";
    BOOST_TEST(found(site, query).empty());
}

STELE_ON_BOTH_DATABASES(finds_by_the_first_letters_of_words_in_any_language) {
    ContentSite site(db);
    const auto id = site.add("nb", "Lillehammer: solidaritetsby på vei", "Tekst.\n", "");
    site.add("nb", "Lillesand", "Tekst.\n", "");
    site.set_segment(id, "en", "title", "Lillehammer, a solidarity city");
    const auto search = [&](const std::string& text) {
        auto query = in("nb");
        query.text = text;
        return found(site, query).size();
    };
    BOOST_TEST(search("lille") == 2u);
    BOOST_TEST(search("LILLEH") == 1u);
    BOOST_TEST(search("solidar lille") == 1u);
    BOOST_TEST(search("city") == 1u);
    BOOST_TEST(search("pa vei") == 1u);
    BOOST_TEST(search("sand") == 0u);
    BOOST_TEST(search("!?") == 2u);
    // A title that is another now is not found by what it was.
    site.set_segment(id, "en", "title", "Lillehammer, a town");
    BOOST_TEST(search("city") == 0u);
    BOOST_TEST(search("town") == 1u);
}

STELE_ON_BOTH_DATABASES(leaves_out_what_is_deleted) {
    ContentSite site(db);
    const auto id = site.add("nb", "Byen", "Tekst.\n", "");
    editing::delete_article(site.store, id, editing::find_article(site.store, std::to_string(number(id)))->version,
                            "test");
    for (auto query : {in("nb"), in("en")}) {
        BOOST_TEST(found(site, query).empty());
        query.text = "byen";
        BOOST_TEST(found(site, query).empty());
        query.text.clear();
        query.type = "page";
        BOOST_TEST(found(site, query).empty());
    }
    BOOST_TEST(worklist::board_rows(site.store, ContentSite::tag("nb"), {id}).empty());
}

STELE_ON_BOTH_DATABASES(lists_what_a_person_has_each_article_once_and_the_first_due_first) {
    PeopleSite site(db);
    const auto day = [](unsigned d) { return workflow::Day{std::chrono::year(2026) / 12 / d}; };
    std::vector<ArticleId> ids;
    for (const auto* title : {"Byen ved havet", "Øya", "Byen i nord", "Fjellet"})
        ids.push_back(site.add("nb", title, "Tekst.\n", ""));
    const auto give = [&](size_t article, const char* locale, std::optional<workflow::Day> due, const char* name) {
        workflow::assign(site.store, ids[article], ContentSite::tag(locale), {name, due},
                         {.name = "edda", .grants = {{accounts::Role::admin, {}}}});
    };
    give(0, "en", day(20), "amir");
    give(0, "ar", day(10), "amir");
    give(1, "en", std::nullopt, "amir");
    give(2, "ar", day(10), "amir");
    give(2, "en", day(10), "amir");
    give(3, "en", day(1), "tove");
    for (const int limit : {1, 2, 25}) {
        auto query = in("nb");
        query.limit = limit;
        query.assignee = site.amir;
        BOOST_TEST(found(site, query) == (Titles{"Byen ved havet", "Byen i nord", "Øya"}),
                   boost::test_tools::per_element());
        query.text = "byen";
        BOOST_TEST(found(site, query) == (Titles{"Byen ved havet", "Byen i nord"}), boost::test_tools::per_element());
        query.text = "nord";
        BOOST_TEST(found(site, query) == (Titles{"Byen i nord"}), boost::test_tools::per_element());
        query.type = "news";
        BOOST_TEST(found(site, query).empty());
    }
    site.translate_all(ids[1], "en");
    auto query = in("en");
    query.assignee = site.amir;
    query.state = State::ready;
    BOOST_TEST(found(site, query).size() == 1u);
    editing::delete_article(site.store, ids[1],
                            editing::find_article(site.store, std::to_string(number(ids[1])))->version, "test");
    BOOST_TEST(found(site, query).empty());
}

STELE_ON_BOTH_DATABASES(refuses_cursors_of_other_questions) {
    ContentSite site(db);
    for (const auto* title : {"A", "B", "C"}) site.add("nb", title, "Tekst.\n", "");
    auto query = in("nb");
    query.limit = 1;
    query.after = worklist::board(site.store, query).next;
    query.type = "page";
    BOOST_CHECK_THROW(worklist::board(site.store, query), Error);
    BOOST_CHECK_THROW(worklist::board(site.store, in("fr")), Error);
}

BOOST_AUTO_TEST_CASE(compares_words_without_case_and_marks) {
    const auto tag = ContentSite::tag("de");
    BOOST_TEST(locale::search_words("Über Ｓtraße, über 12", tag) == (Titles{"12", "strasse", "uber"}),
               boost::test_tools::per_element());
    BOOST_TEST(locale::search_words("المدينة", ContentSite::tag("ar")).size() == 1u);
    BOOST_TEST(locale::search_words("…", tag).empty());
}

BOOST_AUTO_TEST_SUITE_END()
