// The plan of what is found from the other side, of the statement as it is: a range of an index, already in its order.
#include "src/memory/units.hpp"
#include "tests/support/content_site.hpp"
#include "tests/support/recording.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

// As much of a common text as makes a planner think: "OK" out of many languages.
void fill(db::Database& database) {
    database.write([](db::Transaction& t) {
        t->run(
            "WITH RECURSIVE n(i) AS (SELECT CAST(1 AS BIGINT) UNION ALL SELECT i + 1 FROM n WHERE i < 3000) "
            "INSERT INTO memory_source (id, locale, exact, text) SELECT i, CASE WHEN i % 100 = 0 THEN 'en' ELSE 'de' "
            "END, " +
            std::string(t->dialect() == db::Dialect::sqlite ? "CAST(CAST(i AS TEXT) AS BLOB)"
                                                            : "CAST(CAST(i AS TEXT) AS BYTEA)") +
            ", 'x' FROM n");
        t->run(
            "INSERT INTO memory_target (source_id, source_locale, locale, text, meaning, before, after, actor, at) "
            "SELECT id, locale, 'nb', 'OK', 7, 0, 0, 'p', 0 FROM memory_source");
        t->run("ANALYZE");
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(memory_plans)

STELE_ON_BOTH_DATABASES(a_common_text_is_found_from_the_other_side_without_reading_all_of_it) {
    ContentSite site(db);
    fill(site.store.db);
    RecordingDatabase recording(site.store.db);
    const auto nb = locale::Tag::stored("nb"), en = locale::Tag::stored("en");
    std::vector<memory::Unit> found;
    recording.read([&](db::Connection& c) { found = memory::find_reverse(c, 7, nb, en, 3); });
    BOOST_REQUIRE(found.size() == 3u);
    BOOST_TEST(found[0].source_id == 3'000);  // the newest first
    BOOST_TEST(found[0].source_locale.text() == "en");

    const auto& asked = recording.asked.at(0);
    const bool sqlite = site.store.db.dialect() == db::Dialect::sqlite;
    std::string plan;
    site.store.db.read([&](db::Connection& c) {
        c.query((sqlite ? "EXPLAIN QUERY PLAN " : "EXPLAIN (COSTS OFF) ") + asked.sql, asked.values,
                [&](db::Row row) { plan += row.text(sqlite ? 3 : 0) + '\n'; });
    });
    BOOST_TEST_CONTEXT(plan) {
        BOOST_TEST(plan.find("memory_target_meaning") != std::string::npos);
        BOOST_TEST(plan.find(sqlite ? "source_locale=? AND meaning=?" : "(meaning = ") != std::string::npos);
        BOOST_TEST(plan.find(sqlite ? "TEMP B-TREE" : "Sort\n") == std::string::npos);
    }
}

BOOST_AUTO_TEST_SUITE_END()
