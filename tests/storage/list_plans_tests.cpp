// The plans of both databases for every list: index ranges and look-ups, no sort and no scan.
#include <boost/test/unit_test.hpp>

#include "src/publishing/publishing.hpp"
#include "src/storage/ranges.hpp"
#include "tests/storage/work_site.hpp"

using namespace stele;
using stele::testing::tag;
using stele::testing::WorkSite;

namespace {

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
                "INSERT INTO publication (id, article_id, locale, number, title, slug, document, text_hash, "
                "published_at, updated_at) SELECT a.id * 4096 + l.number, a.id, l.tag, 1, 'Title', a.key, "
                "'{\"summary\":\"\"}', $2, a.id, a.id FROM article a CROSS JOIN locale l WHERE l.tag = $1",
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

// By another index SQLite would walk through all slugs of a locale.
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
          SeenStatement{"SELECT a.id, p.summary FROM article a CROSS JOIN locale l CROSS JOIN publication p WHERE "
                        "a.id IN ($1, $2, $3, $4) AND l.tag = a.source_locale AND p.id = a.id * 4096 + l.number AND "
                        "p.summary IS NOT NULL",
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
    const auto items = testing::all_work(
        site.store,
        {.locale = tag("nb"), .states = {}, .pending = {}, .sort = worklist::Sort::words, .limit = 200, .after = {}});
    BOOST_TEST(items.size() == 3600u);
    publishing::ListQuery articles{.locale = tag("nb"), .type = {}, .limit = 200, .after = {}};
    size_t listed = 0;
    do {
        const auto page = publishing::list_articles(site.store, articles);
        listed += page.items.size();
        articles.after = page.next;
    } while (articles.after);
    BOOST_TEST(listed == 6000u);
}

BOOST_AUTO_TEST_SUITE_END()
