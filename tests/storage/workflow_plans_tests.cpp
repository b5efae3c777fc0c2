// The plans of both databases for the lists of the workflow, of the statements as the use-cases make them: index ranges
// and look-ups, whatever there is besides.
#include <boost/test/unit_test.hpp>

#include "src/workflow/assignments.hpp"
#include "src/workflow/comments.hpp"
#include "src/workflow/digest.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/recent.hpp"
#include "src/workflow/review.hpp"
#include "src/workflow/schedule.hpp"
#include "tests/storage/work_site.hpp"
#include "tests/support/recording.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

constexpr const char* filled[] = {"article",    "edition", "translation",  "review",   "review_step",
                                  "assignment", "comment", "notification", "schedule", "change"};

// As many rows of each as make a planner think.
void fill(db::Database& database) {
    database.write([](db::Transaction& t) {
        t->run(
            "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 6000) INSERT "
            "INTO article (id, key, type, source_locale, priority, shared, version, seq, next_segment, created_at, "
            "updated_at) SELECT i, 'k' || CAST(i AS TEXT), 'page', 'en', 0, '{}', 1, 1, 1, 0, 0 FROM n");
        t->run(
            "INSERT INTO account (id, name, grants, created_at) SELECT id, 'p' || CAST(id AS TEXT), "
            "'[]', 0 FROM article WHERE id <= 60");
        for (const auto* locale : {"nb", "nn"}) {
            const auto from_articles = [&](const std::string& into, const std::string& columns,
                                           const std::string& values) {
                t->run("INSERT INTO " + into + " (article_id, locale, " + columns + ") SELECT id, $1, " + values +
                           " FROM article",
                       locale);
            };
            from_articles("edition",
                          "is_source, bucket, published, title, title_locale, segments_total, segments_missing, "
                          "segments_outdated, words_total, words_missing, words_outdated, words_left, priority, since, "
                          "updated_at",
                          "0, id % 10, 1, 'T', 'en', 1, 1, 0, 9, 9, 0, 9, 0, id, 0");
            from_articles("review", "status, requested_by, actor, note, version, text_hash, at, step",
                          "1 + id % 3, 'p', 'p', '', 1, " +
                              std::string(t->dialect() == db::Dialect::sqlite ? "x'00'" : "'\\x00'::bytea") +
                              ", id * 7919 % 6007, id");
            from_articles("review_step", "status, actor, note, version, at", "1, 'p', '', 1, id");
            from_articles("assignment", "account_id, due, assigned_by, assigned_at",
                          "1 + id % 60, id * 7919 % 6007, 'p', 0");
            from_articles("comment", "segment_id, thread, actor, text, created_at, deleted",
                          "'', NULL, 'p', 'x', 0, 0");
            from_articles("notification", "account_id, kind, actor, detail, times, at, unread",
                          "1 + id % 60, 'comment', 'p', '{}', 1, id * 7919 % 6007, id / 60 % 2");
            from_articles("schedule", "action, at, incomplete, actor, created_at", "1, id * 7919 % 6007, 0, 'p', 0");
            from_articles("change", "at, kind, actor, detail", "0, 'save', 'p' || CAST(id % 60 AS TEXT), '{}'");
            t->run(
                "INSERT INTO translation (article_id, locale, version, independent, slug, text_hash, created_at, "
                "updated_at, actor) SELECT id, $1, 1, 0, key, $2, 0, 0, 'p' FROM article",
                locale, db::Bytes{"h"});
        }
    });
    database.write([](db::Transaction& t) { t->run("ANALYZE"); });
}

std::string plan_of(db::Database& database, const Asked& asked) {
    const bool sqlite = database.dialect() == db::Dialect::sqlite;
    std::string plan;
    database.read([&](db::Connection& c) {
        c.query((sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (COSTS OFF) ") + asked.sql, asked.values,
                [&](db::Row row) { plan += row.text(sqlite ? 3 : 0) + '\n'; });
    });
    return plan;
}

// No table of those that grow is walked through; where the order is an index's, nothing is sorted either.
void expect_look_ups(db::Database& database, RecordingDatabase& recording, bool ordered = true) {
    const bool sqlite = database.dialect() == db::Dialect::sqlite;
    BOOST_TEST(!recording.asked.empty());
    for (const auto& asked : recording.asked) {
        const auto plan = plan_of(database, asked);
        BOOST_TEST_CONTEXT(asked.sql + "\n" + plan) {
            for (const std::string table : filled) {
                // By its own name or, in a list, by its first letter; what is counted of a subquery is bounded.
                for (const auto& name : {table, table.substr(0, 1)})
                    if (sqlite && plan.find("CO-ROUTINE " + name) == std::string::npos &&
                        plan.find("MATERIALIZE " + name) == std::string::npos)
                        BOOST_TEST(plan.find("SCAN " + name + "\n") == std::string::npos);
                if (!sqlite) BOOST_TEST(plan.find("Seq Scan on " + table) == std::string::npos);
            }
            if (ordered) BOOST_TEST(plan.find(sqlite ? "TEMP B-TREE" : "Sort\n") == std::string::npos);
        }
    }
    recording.asked.clear();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(workflow_plans)

STELE_ON_BOTH_DATABASES(no_list_sorts_or_scans) {
    WorkSite site(db);
    fill(*db);
    RecordingDatabase recording(*db);
    const Store store{recording, site.types, site.store.default_locale, site.store.now, site.store.collation};
    const auto nb = tag("nb");
    const ArticleId id{4711};
    const auto look = [&](bool ordered = true) { expect_look_ups(*db, recording, ordered); };
    std::optional<std::string> after;
    for (int page = 0; page < 2; ++page) {
        after = workflow::list_reviews(store, {.locale = nb, .limit = 5, .after = after}).next;
        look();
        BOOST_TEST(after.has_value());
    }
    after.reset();
    for (int page = 0; page < 2; ++page) {
        after = workflow::list_assignments(store, {.account = 7, .limit = 5, .after = after}).next;
        look();
        BOOST_TEST(after.has_value());
    }
    for (const bool unread : {false, true}) {
        after.reset();
        for (int page = 0; page < 2; ++page) {
            // The page itself is put in order again beside what is looked up for it.
            after = workflow::list_notifications(store, 7, {.unread = unread, .limit = 5, .after = after}).next;
            look(false);
            BOOST_TEST(after.has_value());
        }
    }
    workflow::unread_count(store, 7);
    workflow::has_unread_about(store, 7, id, nb);
    workflow::assignment_count(store, 7);
    look();
    workflow::list_review_steps(store, id, nb, 25, std::nullopt);
    workflow::find_review(store, id, nb);
    workflow::list_comments(store, id, nb, {});
    workflow::count_open_threads(store, id, nb);
    workflow::find_schedule(store, id, nb);
    workflow::find_assignment(store, id, nb);
    look();
    workflow::write_digests(store, [](const auto&, const auto&, bool) { return mail::Mail{}; });
    look(false);
    for (const std::int64_t position : {0, 11'000}) {
        const accounts::Known one{.name = "p7", .grants = {{accounts::Role::translator, {nb}}}};
        workflow::changes_since(store, one, position, 10);
        workflow::changes_since(store, {.name = "p7", .grants = {{accounts::Role::editor, {}}}}, position, 10);
    }
    look();
}

BOOST_AUTO_TEST_SUITE_END()
