#include <boost/test/unit_test.hpp>

#include "src/base/error.hpp"
#include "src/publishing/publishing.hpp"
#include "tests/storage/work_site.hpp"

using namespace stele;
using content::State;
using stele::testing::tag;
using stele::testing::WorkSite;
using worklist::Sort;

namespace {

worklist::Query query_of(const std::string& locale, std::vector<State> states = {}, Sort sort = Sort::title) {
    return {.locale = tag(locale), .states = std::move(states), .pending = {}, .sort = sort, .limit = 25, .after = {}};
}
publishing::ListQuery articles_of(const std::string& locale) {
    return {.locale = tag(locale), .type = {}, .after = {}};
}

std::vector<std::int64_t> ids_of(const std::vector<worklist::WorkItem>& items) {
    std::vector<std::int64_t> ids;
    for (const auto& item : items) ids.push_back(number(item.edition.article_id));
    return ids;
}

void expect_code(ErrorCode code, const std::function<void()>& call) {
    BOOST_CHECK_EXCEPTION(call(), Error, [&](const Error& e) { return e.code() == code; });
}

// 40 articles in every state of nb, some of them published and pending.
void fill_with_every_state(WorkSite& site) {
    for (int i = 0; i < 40; ++i) {
        const auto id =
            site.add(i % 8 == 7 ? "nb" : "en", "Title " + std::to_string(i * 37 % 40), 1 + i % 4, "page", i % 3);
        if (i % 8 == 7) continue;
        if (i % 5 > 0) site.translate(id, "nb", "title", "Tittel " + std::to_string(i));
        if (i % 5 > 1) site.translate_all(id, "nb", "Tittel " + std::to_string(i));
        if (i % 5 > 2) site.publish(id, "nb");
        if (i % 3 == 0) site.set_source(id, "b1", "changed since");
        if (i % 10 == 3) site.translate(id, "nb", "title", "Ny tittel " + std::to_string(i));
    }
}

using Less = std::function<bool(const content::Edition&, const content::Edition&)>;
Less order_of(Sort sort) {
    switch (sort) {
        case Sort::words:
            return [](const auto& a, const auto& b) {
                const auto left = [](const content::Edition& e) { return e.words.missing + e.words.outdated; };
                return std::pair(left(a), a.article_id) < std::pair(left(b), b.article_id);
            };
        case Sort::age:
            return [](const auto& a, const auto& b) {
                return std::pair(a.since, a.article_id) < std::pair(b.since, b.article_id);
            };
        default:
            return [](const auto& a, const auto& b) {
                return std::pair(a.priority, a.article_id) > std::pair(b.priority, b.article_id);
            };
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(worklists)

STELE_ON_BOTH_DATABASES(every_sort_lists_every_edition_once_in_order) {
    WorkSite site(db);
    fill_with_every_state(site);
    const std::vector<std::vector<State>> choices{
        {},
        {State::outdated},
        {State::ready, State::current},
        {State::untranslated, State::incomplete, State::outdated, State::ready, State::current}};
    for (const auto sort : {Sort::title, Sort::words, Sort::age, Sort::priority})
        for (const auto& states : choices) {
            auto query = query_of("nb", states, sort);
            query.limit = 200;
            const auto whole = worklist::list(site.store, query);
            BOOST_TEST(!whole.next);
            BOOST_TEST((whole.total == static_cast<std::int64_t>(whole.items.size())));
            for (const int limit : {1, 3, 7}) {
                query.limit = limit;
                BOOST_TEST(ids_of(testing::all_work(site.store, query)) == ids_of(whole.items),
                           boost::test_tools::per_element());
            }
            if (sort == Sort::title) continue;
            auto sorted = whole.items;
            std::ranges::sort(sorted, order_of(sort), &worklist::WorkItem::edition);
            BOOST_TEST(ids_of(whole.items) == ids_of(sorted), boost::test_tools::per_element());
        }
}

STELE_ON_BOTH_DATABASES(a_worklist_shows_what_has_to_be_done_unless_told_otherwise) {
    WorkSite site(db);
    fill_with_every_state(site);
    for (const auto& item : worklist::list(site.store, query_of("nb")).items) {
        BOOST_TEST(!item.edition.is_source);
        BOOST_TEST(item.edition.segments.missing + item.edition.segments.outdated > 0);
    }
    const auto ready = worklist::list(site.store, query_of("nb", {State::ready}));
    BOOST_TEST(std::ranges::any_of(ready.items, [](const auto& item) { return item.edition.is_source; }));
}

STELE_ON_BOTH_DATABASES(pending_narrows_a_worklist) {
    WorkSite site(db);
    fill_with_every_state(site);
    auto query = query_of("nb", {State::outdated, State::ready, State::current});
    query.limit = 200;
    const auto all = worklist::list(site.store, query);
    query.pending = true;
    const auto pending = worklist::list(site.store, query);
    query.pending = false;
    const auto settled = worklist::list(site.store, query);
    BOOST_TEST(!pending.items.empty());
    for (const auto& item : pending.items) BOOST_TEST(item.edition.pending);
    BOOST_TEST(pending.items.size() + settled.items.size() == all.items.size());
    BOOST_TEST(*pending.total + *settled.total == *all.total);
}

STELE_ON_BOTH_DATABASES(an_item_says_what_a_reader_gets) {
    WorkSite site(db);
    const auto id = site.add("en", "Hello", 1, "news");
    const auto before = worklist::find_edition(site.store, id, tag("nn"));
    BOOST_REQUIRE(before);
    BOOST_TEST(!before->resolved_locale.has_value());
    site.publish(id, "en");
    const auto after = worklist::list(site.store, query_of("nn")).items.at(0);
    BOOST_TEST((after.resolved_locale == tag("en")));
    BOOST_TEST(after.type == "news");
    BOOST_TEST(!after.edition.published);
    BOOST_TEST(worklist::editions_of(site.store, id).size() == 3u);
    site.set_deleted(id, true);
    BOOST_TEST(!worklist::find_edition(site.store, id, tag("nn")));
    BOOST_TEST(worklist::editions_of(site.store, id).empty());
}

STELE_ON_BOTH_DATABASES(cursors_of_other_lists_and_locales_that_are_not_enabled_are_refused) {
    WorkSite site(db);
    for (int i = 0; i < 3; ++i) site.publish(site.add("en", "Title " + std::to_string(i)), "en");
    auto query = query_of("nb");
    query.limit = 1;
    const auto cursor = worklist::list(site.store, query).next;
    BOOST_REQUIRE(cursor);
    for (auto other : {query_of("nn"), query_of("nb", {State::outdated}), query_of("nb", {}, Sort::words)}) {
        other.after = cursor;
        expect_code(ErrorCode::malformed, [&] { worklist::list(site.store, other); });
    }
    expect_code(ErrorCode::not_found, [&] { worklist::list(site.store, query_of("fi")); });
    expect_code(ErrorCode::not_found, [&] { worklist::find_edition(site.store, ArticleId(1), tag("fi")); });
    expect_code(ErrorCode::not_found, [&] { publishing::list_articles(site.store, articles_of("fi")); });
    auto articles = articles_of("nb");
    articles.after = cursor;
    expect_code(ErrorCode::malformed, [&] { publishing::list_articles(site.store, articles); });
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(lists_of_articles)

STELE_ON_BOTH_DATABASES(the_newest_come_first_page_by_page) {
    WorkSite site(db);
    std::vector<std::int64_t> newest_first;
    for (int i = 0; i < 11; ++i) {
        const auto id = site.add("en", "Title");
        site.publish(id, "en");
        if (i % 3 == 0) site.translate_all(id, "nb", "Tittel"), site.publish(id, "nb");
        newest_first.insert(newest_first.begin(), number(id));
    }
    auto query = articles_of("nb");
    query.sort = publishing::Sort::published;
    query.limit = 2;
    std::vector<std::int64_t> ids;
    do {
        const auto page = publishing::list_articles(site.store, query);
        BOOST_TEST((page.total == 11));
        for (const auto& item : page.items) ids.push_back(number(item.id));
        query.after = page.next;
    } while (query.after);
    BOOST_TEST(ids == newest_first, boost::test_tools::per_element());
}

STELE_ON_BOTH_DATABASES(a_list_can_be_of_one_type_or_of_own_texts) {
    WorkSite site(db);
    const auto first = site.add("en", "First", 1, "news");
    const auto second = site.add("en", "Second", 1, "page");
    for (const auto id : {first, second}) site.publish(id, "en");
    site.translate_all(second, "nb", "Andre");
    site.publish(second, "nb");
    auto query = articles_of("nb");
    query.type = "news";
    const auto news = publishing::list_articles(site.store, query);
    BOOST_REQUIRE(news.items.size() == 1u);
    BOOST_TEST((news.items[0].resolved_locale == tag("en")));
    BOOST_TEST((news.total == 1));
    query.fallback = false;
    BOOST_TEST(publishing::list_articles(site.store, query).items.empty());
    query.type.reset();
    const auto own = publishing::list_articles(site.store, query);
    BOOST_TEST((own.total == 1));
    BOOST_TEST(own.items.at(0).title.text == "Andre");
    site.set_type(first, "event");
    query = articles_of("nb");
    query.type = "event";
    BOOST_TEST((publishing::list_articles(site.store, query).total == 1));
}

// Law 6: every part says its language.
STELE_ON_BOTH_DATABASES(a_summary_that_is_missing_is_the_sources_and_says_so) {
    WorkSite site(db);
    const auto id = site.add("en", "Hello");
    site.translate_all(id, "nb", "Hallo");
    site.publish(id, "nb");
    BOOST_TEST(!publishing::list_articles(site.store, articles_of("nb")).items.at(0).summary.has_value());
    site.publish(id, "en");
    const auto item = publishing::list_articles(site.store, articles_of("nb")).items.at(0);
    BOOST_TEST((item.title.lang == tag("nb")));
    BOOST_REQUIRE(item.summary);
    BOOST_TEST(item.summary->text == "In short");
    BOOST_TEST((item.summary->lang == tag("en")));
}

BOOST_AUTO_TEST_SUITE_END()
