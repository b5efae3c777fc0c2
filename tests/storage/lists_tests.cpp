#include <boost/test/unit_test.hpp>

#include "src/base/error.hpp"
#include "src/publishing/publishing.hpp"
#include "src/storage/ranges.hpp"
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

// ---- plans ----
struct SeenStatement {
    std::string sql;
    std::vector<db::Value> values;
};

// As many articles as make a database's planner think, written at once.
void fill_for_plans(WorkSite& site) {
    const auto now = site.site();
    const auto number_of = [&](const char* locale) { return now.find(tag(locale))->active->number; };
    site.db->write([&](db::Transaction& t) {
        const auto many =
            "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 6000) ";
        t->run(std::string(many) +
               "INSERT INTO article (id, key, type, source_locale, priority, shared, version, seq, "
               "next_segment, created_at, updated_at) SELECT i, 'k' || CAST(i AS TEXT), 'page', 'en', i % 10, '{}', 1, "
               "1, 1, "
               "0, 0 FROM n");
        for (const auto* locale : {"en", "nb", "nn"}) {
            t->run(
                "INSERT INTO edition (article_id, locale, is_source, bucket, published, title, title_locale, "
                "segments_total, segments_missing, segments_outdated, words_total, words_missing, words_outdated, "
                "words_left, priority, since, updated_at) SELECT id, $1, 0, id % 10, 1, 'Title', 'en', 1, 1, 0, 9, 9, "
                "0, "
                "id * 7919 % 500, priority, id * 104729 % 6007, 0 FROM article",
                locale);
            t->run(
                "INSERT INTO publication (article_id, locale, number, title, slug, document, text_hash, published_at, "
                "updated_at) SELECT id, $1, 1, 'Title', key, '{\"summary\":\"\"}', $2, id, id FROM article",
                locale, db::Bytes{std::string(16, 'h')});
        }
        for (std::int64_t id = 1; id <= 6000; ++id)
            for (const auto* locale : {"en", "nb", "nn"}) {
                const db::Bytes key{std::to_string(1'000'000 + id * 7919 % 6007)};
                t->run(
                    "INSERT INTO work_title (locale, generation, article_id, bucket, sort_key) VALUES ($1, $2, $3, $4, "
                    "$5)",
                    locale, number_of(locale), id, id % 10, key);
                t->run(
                    "INSERT INTO listing (locale, generation, article_id, type, own, resolved_locale, title, sort_key, "
                    "published_at) VALUES ($1, $2, $3, $4, $5, $1, 'Title', $6, $3)",
                    locale, number_of(locale), id, id % 2 == 0 ? "page" : "news", id % 3 == 0, key);
            }
    });
    site.db->write([](db::Transaction& t) { t->run("ANALYZE"); });
}

std::string plan_of(db::Database& db, const SeenStatement& seen) {
    std::string plan;
    const bool sqlite = db.dialect() == db::Dialect::sqlite;
    db.read([&](db::Connection& c) {
        c.query((sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (COSTS OFF) ") + seen.sql, seen.values,
                [&](db::Row row) { plan += row.text(sqlite ? 3 : 0) + '\n'; });
    });
    return plan;
}

void expect_index_ranges(db::Database& db, const SeenStatement& seen) {
    const auto plan = plan_of(db, seen);
    const auto has = [&](std::string_view text) { return plan.find(text) != std::string::npos; };
    BOOST_TEST_CONTEXT(seen.sql + "\n" + plan) {
        if (db.dialect() == db::Dialect::sqlite) {
            BOOST_TEST(!has("TEMP B-TREE"));
            for (const auto* table : {"edition", "work_title", "listing", "article", "publication", "e", "l", "a", "p"})
                BOOST_TEST(!has("SCAN " + std::string(table) + "\n"));
            BOOST_TEST(has("USING COVERING INDEX"));
            // Of the orders the index alone: a row of its own for each item would be another place of a large file.
            for (const auto* row : {"listing USING PRIMARY", "listing USING INDEX", "work_title USING PRIMARY"})
                BOOST_TEST(!has(row), row);
        } else {
            for (const auto* bad :
                 {"Sort\n", "Seq Scan on listing", "Seq Scan on edition", "Seq Scan on work_title", "Bitmap", "Hash"})
                BOOST_TEST(!has(bad), bad);
            if (seen.sql.find(" UNION ALL ") != std::string::npos) BOOST_TEST(has("Merge Append"));
        }
    }
}

SeenStatement merged(db::Database& db, const storage::Ranges& ranges, std::vector<db::Value> same,
                     const std::vector<std::int64_t>& splits, std::optional<storage::Cursor> after) {
    const storage::Page page{.limit = 25, .after = std::move(after)};
    const auto subquery = storage::merged_sql(ranges, splits.size(), page, db.dialect());
    return {"SELECT o.k, o.id, a.key FROM " + subquery + " o CROSS JOIN article a WHERE a.id = o.id",
            storage::merged_values(ranges, std::move(same), splits, page)};
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

BOOST_AUTO_TEST_SUITE(plans)

STELE_ON_BOTH_DATABASES(no_list_sorts_or_scans) {
    WorkSite site(db);
    fill_for_plans(site);
    const auto generation = site.site().find(tag("nb"))->active->number;
    const std::vector<std::int64_t> buckets{0, 1, 2, 3, 4, 5};
    const db::Value nb = std::string("nb");
    for (const bool deep : {false, true}) {
        const auto by_key = deep ? std::optional(storage::Cursor{generation, "1003000", 3000}) : std::nullopt;
        const auto by_number = [&](const char* middle) {
            return deep ? std::optional(storage::Cursor{generation, middle, 3000}) : std::nullopt;
        };
        expect_index_ranges(db, merged(db, {"work_title", "sort_key", {"locale", "generation"}, "bucket", true, false},
                                       {nb, generation}, buckets, by_key));
        for (const auto& [key, middle] : {std::pair("words_left", "250"), {"since", "3000"}, {"priority", "5"}})
            for (const bool descending : {false, true})
                expect_index_ranges(db, merged(db, {"edition", key, {"locale"}, "bucket", false, descending}, {nb},
                                               buckets, by_number(middle)));
        for (const bool typed : {false, true}) {
            storage::Ranges titles{"listing", "sort_key", {"locale", "generation"}, "own",
                                   true,      false,      "resolved_locale"};
            storage::Ranges newest{"listing", "published_at", {"locale", "generation"}, "own",
                                   false,     true,           "resolved_locale"};
            std::vector<db::Value> same{nb, generation};
            if (typed) {
                titles.same.push_back("type");
                newest.same.push_back("type");
                same.emplace_back(std::string("news"));
            }
            expect_index_ranges(db, merged(db, titles, same, {0, 1}, by_key));
            expect_index_ranges(db, merged(db, newest, same, {0, 1}, by_number("3000")));
            expect_index_ranges(db, merged(db, titles, same, {1}, by_key));
        }
    }
}

// With fewer columns than these in the index SQLite takes the primary key, and walks through all slugs of a locale.
BOOST_AUTO_TEST_CASE(the_slugs_of_an_article_are_looked_up_when_it_is_published,
                     *boost::unit_test::precondition(testing::Selected{db::Dialect::sqlite})) {
    testing::Db db(db::Dialect::sqlite);
    const auto plan = plan_of(db, {"UPDATE route SET former = 1 WHERE article_id = $1 AND locale = $2 AND former = 0",
                                   {std::int64_t{1}, std::string("nb")}});
    BOOST_TEST(plan.find("route_article (article_id=? AND locale=?") != std::string::npos, plan);
}

// What a page of a list needs besides its rows is one statement each, and each is look-ups.
STELE_ON_BOTH_DATABASES(the_slugs_and_summaries_of_a_page_are_looked_up) {
    WorkSite site(db);
    fill_for_plans(site);
    const std::vector<db::Value> slugs{std::string("k1"), std::string("k2"), std::string("k3"), std::string("k4")};
    const std::vector<db::Value> ids{std::int64_t{1}, std::int64_t{2}, std::int64_t{3}, std::int64_t{4}};
    for (const auto& seen :
         {SeenStatement{
              "SELECT r.locale, r.article_id, r.former, r.slug FROM route r CROSS JOIN article a WHERE r.slug "
              "IN ($1, $2, $3, $4) AND a.id = r.article_id AND a.deleted_at IS NULL",
              slugs},
          SeenStatement{"SELECT a.id, p.summary FROM article a CROSS JOIN publication p WHERE a.id IN ($1, $2, $3, $4) "
                        "AND p.article_id = a.id AND p.locale = a.source_locale AND p.summary IS NOT NULL",
                        ids}}) {
        const auto plan = plan_of(db, seen);
        for (const auto* bad : {"SCAN", "Seq Scan on article", "Seq Scan on publication"})
            BOOST_TEST(plan.find(bad) == std::string::npos, plan);
    }
}

// What goes is looked up, too: a save must not cost more on a large site.
BOOST_AUTO_TEST_CASE(rows_that_go_are_looked_up,
                     *boost::unit_test::precondition(testing::Selected{db::Dialect::sqlite})) {
    testing::Db db(db::Dialect::sqlite);
    const std::string key =
        "(locale = $1 AND generation = $2 AND article_id = $3) OR (locale = $4 AND generation = $5 AND "
        "article_id = $6)";
    const std::vector<db::Value> values{std::string("nb"), std::int64_t{1}, std::int64_t{1},
                                        std::string("nn"), std::int64_t{1}, std::int64_t{1}};
    for (const auto* table : {"listing", "work_title"}) {
        const auto plan = plan_of(db, {"DELETE FROM " + std::string(table) + " WHERE " + key, values});
        BOOST_TEST(plan.find("SCAN") == std::string::npos, plan);
    }
}

STELE_ON_BOTH_DATABASES(a_large_list_is_read_whole_through_its_cursors) {
    WorkSite site(db);
    fill_for_plans(site);
    auto query = query_of("nb", {}, Sort::words);
    query.limit = 200;
    const auto items = testing::all_work(site.store, query);
    BOOST_TEST(items.size() == 3600u);
    auto articles = articles_of("nb");
    articles.limit = 200;
    size_t listed = 0;
    do {
        const auto page = publishing::list_articles(site.store, articles);
        listed += page.items.size();
        articles.after = page.next;
    } while (articles.after);
    BOOST_TEST(listed == 6000u);
}

BOOST_AUTO_TEST_SUITE_END()
