#include "src/memory/units.hpp"

#include <map>

#include "src/content/segment.hpp"
#include "src/storage/many.hpp"
#include "src/storage/rows.hpp"

namespace stele::memory {
namespace {

constexpr std::string_view columns =
    "SELECT t.id, t.source_id, s.locale, t.locale, s.text, t.text, s.exact, t.article_id, t.segment_id, t.before, "
    "t.after, t.actor, t.at, t.meaning FROM memory_target t JOIN memory_source s ON s.id = t.source_id ";
constexpr size_t sources_at_once = 20;

Unit unit_from(const db::Row& r) {
    Unit u{.id = r.integer(0),
           .source_id = r.integer(1),
           .source_locale = locale::Tag::stored(r.text(2)),
           .target_locale = locale::Tag::stored(r.text(3)),
           .source = r.text(4),
           .target = r.text(5),
           .exact = r.bytes(6),
           .article_id = std::nullopt,
           .segment_id = r.optional_text(8).value_or(""),
           .before = r.integer(9),
           .after = r.integer(10),
           .actor = r.text(11),
           .at = time_of(r.integer(12))};
    if (const auto id = r.optional_integer(7)) u.article_id = ArticleId(*id);
    return u;
}

std::string select(std::string_view rest) { return std::string(columns).append(rest); }

std::int64_t number_of(db::Row r) { return r.integer(0); }

std::int64_t keep_source(db::Transaction& t, const NewUnit& u) {
    if (const auto known = t->one("SELECT id FROM memory_source WHERE locale = $1 AND exact = $2", number_of,
                                  u.source_locale.text(), db::Bytes{u.exact}))
        return *known;
    const auto id = t->one("INSERT INTO memory_source (locale, exact, text) VALUES ($1, $2, $3) RETURNING id",
                           number_of, u.source_locale.text(), db::Bytes{u.exact}, u.source);
    storage::Rows rows("memory_key", "hash, source_id", "ON CONFLICT (hash, source_id) DO NOTHING");
    for (const auto key : u.keys) rows.add(key, *id);
    rows.write(t);
    return *id;
}

// By the meaning first: of a common source there are many translations, of which most mean the same, and a common
// translation has many sources.
bool is_kept(db::Transaction& t, std::int64_t source, const NewUnit& u) {
    return t
        ->one(
            "SELECT id FROM memory_target WHERE locale = $1 AND source_locale = $2 AND meaning = $3 AND source_id = $4 "
            "AND text = $5 LIMIT 1",
            number_of, u.target_locale.text(), u.source_locale.text(), u.meaning, source, u.target)
        .has_value();
}

using Counts = std::map<std::tuple<std::string, std::string, bool>, std::int64_t>;

void count(db::Transaction& t, const Counts& counts) {
    storage::Rows rows("memory_count", "source_locale, target_locale, imported, units",
                       "ON CONFLICT (source_locale, target_locale, imported) DO UPDATE SET units = memory_count.units "
                       "+ excluded.units");
    for (const auto& [pair, units] : counts)
        if (units != 0) rows.add(std::get<0>(pair), std::get<1>(pair), std::get<2>(pair), units);
    rows.write(t);
}

}  // namespace

NewUnit unit_of(const locale::Tag& source_locale, const locale::Tag& target_locale, std::string source,
                std::string target) {
    NewUnit u{.source_locale = source_locale,
              .target_locale = target_locale,
              .source = std::move(source),
              .target = std::move(target)};
    u.exact = content::exact_hash(u.source);
    u.keys = keys_of(u.source, source_locale);
    u.meaning = meaning_key(u.target, target_locale);
    return u;
}

void hold(db::Transaction& t) { t->run("UPDATE memory_state SET position = position WHERE id = 1"); }

std::int64_t add_units(db::Transaction& t, std::span<const NewUnit> units, std::optional<std::int64_t> import) {
    Counts counts;
    std::int64_t added = 0;
    for (const auto& u : units) {
        const auto source = keep_source(t, u);
        if (!u.article_id && is_kept(t, source, u)) continue;
        added += t->run(
            "INSERT INTO memory_target (source_id, source_locale, locale, text, meaning, article_id, segment_id, "
            "import_id, before, after, actor, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
            source, u.source_locale.text(), u.target_locale.text(), u.target, u.meaning, u.article_id, u.segment_id,
            import, u.before, u.after, u.actor, u.at);
        ++counts[{u.source_locale.text(), u.target_locale.text(), !u.article_id}];
    }
    count(t, counts);
    return added;
}

std::int64_t remove_units(db::Transaction& t, std::span<const Unit> units) {
    Counts counts;
    std::int64_t removed = 0;
    for (const auto& u : units) {
        if (t->run("DELETE FROM memory_target WHERE id = $1", u.id) == 0) continue;
        ++removed;
        --counts[{u.source_locale.text(), u.target_locale.text(), !u.article_id}];
        const auto gone = t->run(
            "DELETE FROM memory_source WHERE id = $1 AND NOT EXISTS (SELECT 1 FROM memory_target t WHERE t.source_id = "
            "$1)",
            u.source_id);
        if (gone == 0) continue;
        for (const auto key : u.keys)
            t->run("DELETE FROM memory_key WHERE hash = $1 AND source_id = $2", key, u.source_id);
    }
    count(t, counts);
    return removed;
}

std::vector<Unit> find_units(db::Connection& c, ArticleId id, const std::optional<locale::Tag>& locale) {
    static const auto of_one = select("WHERE t.article_id = $1 AND t.locale = $2");
    static const auto of_all = select("WHERE t.article_id = $1");
    return locale ? c.all(of_one, unit_from, id, locale->text()) : c.all(of_all, unit_from, id);
}

std::vector<Unit> find_units(db::Connection& c, std::span<const std::int64_t> source_ids, const locale::Tag& target) {
    // The latest begin at the twentieth from the end: looked up once for each source, as no database may have to read
    // all that was made of a common one.
    static const auto sql =
        select(
            "AND t.locale = $1 AND t.id >= COALESCE((SELECT l.id FROM memory_target l WHERE l.source_id = s.id AND "
            "l.locale = $1 ORDER BY l.id DESC LIMIT 1 OFFSET 19), 0) WHERE s.id IN (") +
        storage::parameters(2, sources_at_once) + ")";
    std::vector<Unit> units;
    for (; !source_ids.empty(); source_ids = source_ids.subspan(std::min(source_ids.size(), sources_at_once))) {
        const auto some = source_ids.first(std::min(source_ids.size(), sources_at_once));
        std::vector<db::Value> values{db::to_value(target.text())};
        values.insert(values.end(), some.begin(), some.end());
        values.resize(1 + sources_at_once, values.back());
        c.query(sql, values, [&](db::Row row) { units.push_back(unit_from(row)); });
    }
    return units;
}

std::vector<Unit> find_units(db::Connection& c, std::int64_t source_id, const locale::Tag& target, ArticleId id) {
    static const auto sql = select("WHERE t.article_id = $1 AND t.locale = $2 AND t.source_id = $3");
    return c.all(sql, unit_from, id, target.text(), source_id);
}

std::vector<Unit> find_reverse(db::Connection& c, Key meaning, const locale::Tag& target_locale,
                               const locale::Tag& source_locale, int limit) {
    static const auto sql = select(
        "WHERE t.locale = $1 AND t.source_locale = $2 AND t.meaning = $3 ORDER BY t.source_id DESC, t.id DESC "
        "LIMIT $4");
    return c.all(sql, unit_from, target_locale.text(), source_locale.text(), meaning, limit);
}

std::vector<std::int64_t> find_sources(db::Connection& c, Key key, int limit) {
    return c.all("SELECT source_id FROM memory_key WHERE hash = $1 ORDER BY source_id DESC LIMIT $2", number_of, key,
                 limit);
}

std::vector<SourceText> find_texts(db::Connection& c, const std::vector<std::int64_t>& ids) {
    std::vector<SourceText> texts;
    std::vector<db::Value> keys(ids.begin(), ids.end());
    storage::query_in(c, {.head = "SELECT id, text FROM memory_source WHERE id IN (", .tail = ")"}, std::move(keys),
                      [&](db::Row r) {
                          texts.push_back({r.integer(0), r.text(1)});
                      });
    return texts;
}

std::vector<Unit> list_units(db::Connection& c, const Stock& pair, Place& last, int limit) {
    static const auto sql = select(
        "WHERE t.locale = $1 AND t.source_locale = $2 AND (t.meaning, t.source_id, t.id) > ($3, $4, $5) "
        "ORDER BY t.meaning, t.source_id, t.id LIMIT $6");
    const auto from = last;
    const auto take = [&](const db::Row& r) {
        last = {r.integer(13), r.integer(1), r.integer(0)};
        return unit_from(r);
    };
    return c.all(sql, take, pair.target.text(), pair.source.text(), from.meaning, from.source_id, from.id, limit);
}

std::vector<Unit> find_units_of_import(db::Connection& c, std::int64_t import, int limit) {
    static const auto sql = select("WHERE t.import_id = $1 LIMIT $2");
    return c.all(sql, unit_from, import, limit);
}

}  // namespace stele::memory
