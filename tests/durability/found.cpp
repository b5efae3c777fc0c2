#include "tests/durability/found.hpp"

#include <fmt/format.h>

#include "tests/support/child.hpp"
#include "tests/support/postgres_cluster.hpp"

namespace stele::testing {
namespace {

using Kind = Place::Kind;

std::string segment_text(const Store& store, const Place& place) {
    for (const auto& s : editing::list_segments(store, place.article, ContentSite::tag(place.locale)))
        if (s.id == place.segment) return s.target.value_or("(nothing)");
    return "(no segment)";
}

std::string published_title(const Store& store, const Place& place) {
    const auto page = publishing::find_page(store, place.article, ContentSite::tag(place.locale));
    return page ? page->title.text : "(no page)";
}

std::string text_at(const Store& store, const Place& place) {
    const auto find = [&] { return editing::find_translation(store, place.article, ContentSite::tag(place.locale)); };
    switch (place.kind) {
        case Kind::segment:
            return segment_text(store, place);
        case Kind::body:
            return find().value().body;
        case Kind::title:
            return find().value().title;
        case Kind::published:
            return published_title(store, place);
        case Kind::article:
            break;
    }
    return {};
}

// Of a place where each text replaces the one before.
std::string mistake_at(const Store& store, const Place& place, int from, int to) {
    const auto found = text_at(store, place);
    for (int number = from; number <= to; ++number)
        if (found == place.text(number)) return {};
    return fmt::format("person {}: wanted number {} to {}, found: {}\n", place.person, from, to, found);
}

// Of a place where each text is an article of its own.
std::string mistakes_of_articles(const Store& store, const Place& place, int acknowledged, int started) {
    std::string lines;
    for (int number = 1; number <= started + 1; ++number) {
        const auto article = editing::find_article(store, place.key(number));
        if (!article && number <= acknowledged) lines += fmt::format("{} is lost\n", place.key(number));
        if (article && number > started) lines += fmt::format("{} was never sent\n", place.key(number));
        if (!article) continue;
        const auto found = editing::find_translation(store, article->id, article->source_locale);
        if (!found || found->body != place.text(number)) lines += fmt::format("{} is not whole\n", place.key(number));
    }
    return lines;
}

struct Rule {
    std::string_view name, sql;  // finds nothing when all is well
};
constexpr Rule rules[] = {
    {"a version without its revision",
     "SELECT t.article_id, t.locale, t.version FROM translation t WHERE NOT EXISTS (SELECT 1 FROM revision r WHERE "
     "r.article_id = t.article_id AND r.locale = t.locale AND r.n = t.version)"},
    {"a revision newer than its version",
     "SELECT r.article_id, r.locale, r.n FROM revision r WHERE NOT EXISTS (SELECT 1 FROM translation t WHERE "
     "t.article_id = r.article_id AND t.locale = r.locale AND t.version >= r.n)"},
    {"revisions without as many changes in the log",
     "SELECT r.article_id, r.locale, COUNT(*) FROM revision r GROUP BY r.article_id, r.locale HAVING COUNT(*) <> "
     "(SELECT COUNT(*) FROM change c WHERE c.article_id = r.article_id AND c.locale = r.locale)"},
    {"an article that has not counted its writes",
     "SELECT a.id, a.key, a.seq FROM article a WHERE a.seq <> (SELECT COUNT(*) FROM change c WHERE c.article_id = "
     "a.id)"},
    {"a translation without its edition",
     "SELECT t.article_id, t.locale, 0 FROM translation t WHERE NOT EXISTS (SELECT 1 FROM edition e WHERE "
     "e.article_id = t.article_id AND e.locale = t.locale)"},
};

}  // namespace

std::string lost_or_half(const Store& store, const People& people, const Moment& from, const Moment& to) {
    std::string lines;
    for (size_t i = 0; i < people.places().size(); ++i) {
        const auto& place = *people.places()[i];
        lines += place.kind == Kind::article ? mistakes_of_articles(store, place, from.acknowledged[i], to.started[i])
                                             : mistake_at(store, place, from.acknowledged[i], to.started[i]);
    }
    return lines;
}

std::string halves(db::Database& db) {
    std::string lines;
    db.read([&](db::Connection& c) {
        for (const auto& rule : rules)
            c.query(rule.sql, {}, [&](db::Row row) {
                lines += fmt::format("{}: {} {} {}\n", rule.name, row.integer(0), row.text(1), row.integer(2));
            });
        // PostgreSQL takes a number for a write that then fails.
        if (c.dialect() != db::Dialect::sqlite) return;
        const auto gaps =
            c.one("SELECT COALESCE(MAX(position), 0) - COUNT(*) FROM change", [](db::Row r) { return r.integer(0); });
        if (gaps != 0) lines += fmt::format("the log lacks {} changes\n", gaps.value_or(-1));
    });
    return lines;
}

void wait_for_sessions_to_end(const Db& db) {
    if (db.dialect() != db::Dialect::postgres) return;
    const auto from = db.url().rfind('/', db.url().find('?')) + 1;
    const auto name = db.url().substr(from, db.url().find('?') - from);
    PostgresCluster::instance().run(
        fmt::format("DO $$ BEGIN WHILE EXISTS (SELECT 1 FROM pg_stat_activity WHERE datname = '{}') LOOP"
                    " PERFORM pg_sleep(0.005); PERFORM pg_stat_clear_snapshot(); END LOOP; END $$",
                    name));
}

std::string check_by_command(const std::string& url) {
    test::Child check({STELE_BINARY, "--database", url, "check", "--editions"}, {});
    auto said = check.output();
    return check.wait() == 0 ? std::string() : said;
}

}  // namespace stele::testing
