#include <boost/test/unit_test.hpp>
#include <future>
#include <random>

#include "src/storage/tallies.hpp"
#include "tests/storage/work_site.hpp"

using namespace stele;
using content::State;
using stele::testing::tag;
using stele::testing::WorkSite;

namespace {

content::Edition edition_of(WorkSite& site, ArticleId id, const std::string& locale) {
    return site.db->reading([&](db::Connection& c) { return storage::find_editions(c, id, {tag(locale)}).at(0); });
}

std::string work_key(WorkSite& site, ArticleId id, const std::string& locale) {
    return site.db->reading([&](db::Connection& c) {
        return c
            .one(
                "SELECT sort_key FROM work_title WHERE locale = $1 AND article_id = $2",
                [](const db::Row& r) { return r.bytes(0); }, locale, id)
            .value();
    });
}

void check_nothing_differs(WorkSite& site) {
    for (const auto& line : worklist::check_editions(site.store)) BOOST_ERROR(line);
}

std::map<std::string, std::int64_t> sums(WorkSite& site) {
    std::map<std::string, std::int64_t> all;
    for (const auto& t : site.db->reading([](db::Connection& c) { return storage::sum_tallies(c); }))
        if (t.articles != 0)
            all[t.locale.text() + ' ' + std::string(name_of(t.scope)) + ' ' + std::to_string(t.slot) + ' ' + t.type] +=
                t.articles;
    return all;
}

void damage(WorkSite& site, const std::string& sql) {
    site.db->write([&](db::Transaction& t) { BOOST_TEST(t->run(sql) > 0); });
}

// One random thing that people do to an article.
void edit_at_random(WorkSite& site, ArticleId id, std::mt19937_64& random) {
    const auto pick = [&](auto... options) {
        const std::array<std::string, sizeof...(options)> list{options...};
        return list[random() % list.size()];
    };
    const auto text = [&] {
        return pick("Å være", "Zebra", "aal", "Ål", "a b c d") + ' ' + std::to_string(random() % 5);
    };
    const auto locale = pick("nb", "nn", "da");
    switch (random() % 9) {
        case 0:
            return site.set_source(id, pick("title", "b1", "b2"), text());
        case 1:
            return site.translate(id, locale, pick("title", "b1"), text());
        case 2:
            return site.translate_all(id, locale, text());
        case 3:
            return site.publish(id, locale);
        case 4:
            return site.unpublish(id, pick("en", "nb", "nn", "da"));
        case 5:
            return site.publish(id, "en");
        case 6:
            return site.set_type(id, pick("page", "news", "event"));
        case 7:
            return site.set_deleted(id, random() % 3 == 0);
        case 8:
            return site.set_deleted(id, false);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(editions)

STELE_ON_BOTH_DATABASES(a_new_article_is_untranslated_in_every_other_locale) {
    WorkSite site(db);
    const auto id = site.add("nb", "Solidaritetsby", 3);
    BOOST_TEST(edition_of(site, id, "nb").is_source);
    BOOST_TEST((edition_of(site, id, "nb").state == State::ready));
    const auto nn = edition_of(site, id, "nn");
    BOOST_TEST((nn.state == State::untranslated));
    BOOST_TEST(nn.segments.missing == 4);
    BOOST_TEST(nn.words.missing == 1 + 3 * 5);
    BOOST_TEST(nn.title == "Solidaritetsby");
    BOOST_TEST((nn.title_locale == tag("nb")));
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(a_body_that_changes_writes_no_sort_key) {
    WorkSite site(db);
    const auto id = site.add("en", "A title", 2);
    site.translate_all(id, "nb", "En tittel");
    const auto key = work_key(site, id, "nb");
    // A mark that a rewritten key would take away.
    damage(site,
           "UPDATE work_title SET sort_key = (SELECT w.sort_key FROM work_title w WHERE w.locale = 'en') WHERE locale "
           "= 'nb'");
    const auto marked = work_key(site, id, "nb");
    BOOST_TEST(marked != key);
    site.set_source(id, "b1", "now something else");
    BOOST_TEST((edition_of(site, id, "nb").state == State::outdated));
    BOOST_TEST(work_key(site, id, "nb") == marked);
    site.translate(id, "nb", "title", "En tittel til");
    BOOST_TEST(work_key(site, id, "nb") != marked);
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(an_equal_edition_plans_nothing) {
    WorkSite site(db);
    const auto id = site.add("en", "A title");
    const auto nb = edition_of(site, id, "nb");
    storage::EditionPlan plan(std::make_shared<storage::Site>(site.site()));
    plan.add(nb, nb);
    BOOST_TEST(plan.empty());
}

STELE_ON_BOTH_DATABASES(an_edition_of_a_locale_that_is_not_tracked_is_not_written) {
    WorkSite site(db);
    const auto id = site.add("en", "A title");
    auto foreign = edition_of(site, id, "nb");
    foreign.locale = tag("fi");
    storage::EditionPlan plan(std::make_shared<storage::Site>(site.site()));
    plan.add(std::nullopt, foreign);
    BOOST_TEST(plan.empty());
}

STELE_ON_BOTH_DATABASES(a_deleted_article_leaves_no_row_and_comes_back_with_all) {
    WorkSite site(db);
    const auto id = site.add("en", "A title");
    site.publish(id, "en");
    site.set_deleted(id, true);
    for (const auto* table : {"edition", "work_title", "listing"}) BOOST_TEST(testing::count_rows(db, table) == 0);
    BOOST_TEST(sums(site).empty());
    check_nothing_differs(site);
    site.set_deleted(id, false);
    BOOST_TEST(site.listed("nn").size() == 1u);
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(readers_get_the_first_published_of_their_chain) {
    WorkSite site(db);
    const auto id = site.add("en", "Hello");
    BOOST_TEST(site.listed("nn").empty());
    site.publish(id, "en");
    BOOST_TEST(site.listed("nn") == std::vector<std::string>{"Hello"});
    site.translate_all(id, "nb", "Hallo");
    site.publish(id, "nb");
    BOOST_TEST(site.listed("nn") == std::vector<std::string>{"Hallo"});
    BOOST_TEST(site.listed("nn", false).empty());
    BOOST_TEST(site.listed("nb", false) == std::vector<std::string>{"Hallo"});
    BOOST_TEST(site.listed("en") == std::vector<std::string>{"Hello"});
    site.unpublish(id, "nb");
    BOOST_TEST(site.listed("nn") == std::vector<std::string>{"Hello"});
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(a_save_in_a_locale_nobody_falls_back_to_writes_only_its_own_rows) {
    WorkSite site(db);
    const auto id = site.add("en", "Hello", 3);
    site.publish(id, "en");
    const auto rows_before = db->rows_written();
    site.translate(id, "nn", "b1", "ein to tre");
    // article, target, translation, edition, the title's bucket, two counters
    BOOST_TEST(db->rows_written() - rows_before == 7);
    const auto titles_before = db->rows_written();
    site.translate(id, "nn", "b2", "ein to tre");
    // the state stays: no bucket is moved
    BOOST_TEST(db->rows_written() - titles_before <= 6);
}

STELE_ON_BOTH_DATABASES(after_any_edits_rows_and_counters_are_what_the_texts_say) {
    const auto seed = testing::first_seed();
    std::mt19937_64 random(seed);
    WorkSite site(db, {"en", "nb", "nn", "da"});
    std::vector<ArticleId> ids;
    for (int i = 0; i < 6; ++i) ids.push_back(site.add(i % 3 == 0 ? "nb" : "en", "Title " + std::to_string(i), 2));
    for (int i = 0; i < testing::usual_rounds(150); ++i) {
        const auto id = ids[random() % ids.size()];
        edit_at_random(site, id, random);
        if (i % 50 == 49) worklist::fold_tallies(site.store);
        if (i % 30 == 29) check_nothing_differs(site);
    }
    check_nothing_differs(site);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(counters)

STELE_ON_BOTH_DATABASES(folding_keeps_the_sums_and_takes_the_deltas_away) {
    WorkSite site(db);
    for (int i = 0; i < 20; ++i) site.publish(site.add("en", "Title " + std::to_string(i)), "en");
    const auto before = sums(site);
    const auto rows_before = testing::count_rows(db, "tally");
    worklist::fold_tallies(site.store);
    BOOST_TEST((sums(site) == before));
    BOOST_TEST(testing::count_rows(db, "tally") < rows_before / 5);
    const auto written = db->rows_written();
    worklist::fold_tallies(site.store);
    BOOST_TEST(db->rows_written() == written);
}

STELE_ON_BOTH_DATABASES(folding_beside_writers_and_other_foldings_counts_nothing_twice) {
    WorkSite site(db);
    std::vector<ArticleId> ids;
    for (int i = 0; i < 4; ++i) ids.push_back(site.add("en", "Title " + std::to_string(i)));
    std::atomic<int> writing = 2;
    const auto write = [&](int from) {
        for (int i = 0; i < 25; ++i) {
            site.translate_all(ids[from], "nb", "Tittel " + std::to_string(i));
            site.publish(ids[from + 1], "en");
            site.unpublish(ids[from + 1], "en");
            site.set_source(ids[from], "b1", "text " + std::to_string(i));
        }
        --writing;
    };
    const auto fold = [&] {
        while (writing > 0) worklist::fold_tallies(site.store);
    };
    std::vector<std::future<void>> all;
    for (const int from : {0, 2}) all.push_back(std::async(std::launch::async, write, from));
    for (int i = 0; i < 2; ++i) all.push_back(std::async(std::launch::async, fold));
    for (auto& one : all) one.get();
    worklist::fold_tallies(site.store);
    check_nothing_differs(site);
}

STELE_ON_BOTH_DATABASES(coverage_sums_states_and_counts_sources_apart) {
    WorkSite site(db);
    const auto a = site.add("en", "First", 1);
    site.add("en", "Second", 1);
    site.add("nb", "Tredje", 1);
    site.translate_all(a, "nb", "Forste");
    const auto coverage = worklist::coverage(site.store);
    BOOST_REQUIRE(coverage.size() == 3u);
    BOOST_TEST((coverage[0].locale == tag("en")));
    const auto& nb = coverage[1];
    BOOST_TEST(nb.source.articles == 1);
    BOOST_TEST(nb.states[0].articles == 1);
    BOOST_TEST(nb.states[0].words.missing == 6);
    BOOST_TEST(nb.states[3].articles == 1);
    BOOST_TEST(nb.states[3].words.total == 6);
    BOOST_TEST(coverage[2].states[0].articles == 3);
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(the_check)

STELE_ON_BOTH_DATABASES(every_kind_of_damage_is_named) {
    WorkSite site(db);
    const auto id = site.add("en", "Hello");
    site.translate_all(id, "nb", "Hallo");
    site.publish(id, "en");
    site.publish(site.add("en", "Another"), "en");
    check_nothing_differs(site);
    const std::vector<std::pair<std::string, std::string>> damages{
        {"UPDATE edition SET words_missing = words_missing + 1 WHERE locale = 'nn' AND article_id = 1",
         "article 1 in nn"},
        {"UPDATE edition SET title = 'x' WHERE locale = 'nb' AND article_id = 1", "\"x\""},
        {"UPDATE work_title SET bucket = 9 WHERE locale = 'nb' AND article_id = 1", "bucket 9"},
        {"DELETE FROM listing WHERE locale = 'nn' AND article_id = 1", "listing is missing"},
        {"UPDATE listing SET title = 'y' WHERE locale = 'nb' AND article_id = 1", "\"y\""},
        {"UPDATE listing SET sort_key = (SELECT l.sort_key FROM listing l WHERE l.locale = 'en' AND l.article_id = 2) "
         "WHERE locale = 'en' AND article_id = 1",
         "a key of"},
        {"UPDATE tally SET articles = articles + 1 WHERE id = 1", "counter"},
        {"DELETE FROM edition WHERE locale = 'nn' AND article_id = 2", "the edition is missing"},
        {"DELETE FROM title_word WHERE locale = 'nb' AND article_id = 1", "the word \"hallo\" of its title is missing"},
    };
    for (const auto& [sql, line_part] : damages) {
        const auto& said = line_part;  // clang 14 captures no structured binding
        damage(site, sql);
        const auto lines = worklist::check_editions(site.store);
        BOOST_TEST(std::ranges::any_of(lines, [&](const auto& line) { return line.find(said) != std::string::npos; }),
                   "not named: " << sql);
    }
}

STELE_ON_BOTH_DATABASES(a_sample_is_checked_like_the_whole_and_nothing_else) {
    WorkSite site(db);
    std::vector<ArticleId> articles;
    for (const auto* title : {"One", "Two", "Three"}) articles.push_back(site.add("en", title));
    BOOST_TEST(worklist::check_editions(site.store, articles).empty());
    damage(site, "UPDATE edition SET title = 'x' WHERE locale = 'nb' AND article_id = " +
                     std::to_string(number(articles[1])));
    BOOST_TEST(worklist::check_editions(site.store, {articles[0], articles[2]}).empty());
    const auto lines = worklist::check_editions(site.store, {articles[1]});
    BOOST_REQUIRE(lines.size() == 1u);
    BOOST_TEST(lines[0].find("\"x\"") != std::string::npos);
}

BOOST_AUTO_TEST_SUITE_END()
