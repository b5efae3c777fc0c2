#include "src/storage/translations.hpp"

#include <fmt/format.h>

#include <unordered_set>

#include "src/storage/many.hpp"
#include "src/storage/rows.hpp"

namespace stele::storage {
namespace {

std::string slots_text(const std::vector<std::string>& slots) {
    return boost::json::serialize(boost::json::value_from(slots));
}

content::Frame frame_from(db::Row r) {
    content::Frame f{.locale = locale::Tag::stored(r.text(0)),
                     .version = r.integer(1),
                     .mode = r.boolean(2) ? content::Mode::independent : content::Mode::aligned,
                     .slug = r.text(3),
                     .text_hash = r.bytes(6),
                     .created_at = time_of(r.integer(7)),
                     .updated_at = time_of(r.integer(8)),
                     .actor = r.text(9)};
    if (!r.is_null(4)) {
        f.skeleton = content::parse_skeleton(r.text_view(4));
        f.slots = boost::json::value_to<std::vector<std::string>>(boost::json::parse(r.text(5)));
    }
    return f;
}

constexpr std::string_view frame_columns =
    "locale, version, independent, slug, skeleton, slots, text_hash, created_at, updated_at, actor";

struct StoredStructure {
    std::optional<std::string> skeleton, slots;
};
StoredStructure stored(const content::Frame& f) {
    if (!f.skeleton) return {};
    return {content::to_stored(*f.skeleton), slots_text(f.slots)};
}

void delete_rows(db::Transaction& t, std::string_view head, ArticleId id, const locale::Tag& locale,
                 const std::vector<std::string>& segments) {
    std::vector<db::Value> values;
    for (const auto& segment : segments)
        for (auto value : {db::to_value(id), db::to_value(locale.text()), db::to_value(segment)})
            values.push_back(std::move(value));
    run_many(*t, {head, "(article_id = ? AND locale = ? AND segment_id = ?)", "", " OR "}, values);
}

}  // namespace

std::optional<content::Frame> find_frame(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    static const std::string sql =
        fmt::format("SELECT {} FROM translation WHERE article_id = $1 AND locale = $2", frame_columns);
    return c.one(sql, frame_from, id, locale.text());
}

std::vector<content::Frame> find_frames(db::Connection& c, ArticleId id) {
    static const std::string sql = fmt::format("SELECT {} FROM translation WHERE article_id = $1", frame_columns);
    return c.all(sql, frame_from, id);
}

std::vector<std::pair<locale::Tag, content::Mode>> find_modes(db::Connection& c, ArticleId id) {
    return c.all(
        "SELECT locale, independent FROM translation WHERE article_id = $1",
        [](db::Row r) {
            return std::pair{locale::Tag::stored(r.text(0)),
                             r.boolean(1) ? content::Mode::independent : content::Mode::aligned};
        },
        id);
}

std::optional<ArticleId> upsert_frame(db::Transaction& t, ArticleId id, const content::Frame& f) {
    if (auto owner = find_slug_owner(*t, f.locale, f.slug); owner && *owner != id) return owner;
    const auto s = stored(f);
    t->run(
        "INSERT INTO translation (article_id, locale, version, independent, slug, skeleton, slots, text_hash, "
        "created_at, "
        "updated_at, actor) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) ON CONFLICT (article_id, locale) DO "
        "UPDATE "
        "SET version = excluded.version, independent = excluded.independent, slug = excluded.slug, skeleton = "
        "excluded.skeleton, slots = excluded.slots, text_hash = excluded.text_hash, updated_at = excluded.updated_at, "
        "actor = excluded.actor",
        id, f.locale.text(), f.version, f.mode == content::Mode::independent, f.slug, s.skeleton, s.slots,
        db::Bytes{f.text_hash}, f.created_at, f.updated_at, f.actor);
    return std::nullopt;
}

void update_structure(db::Transaction& t, ArticleId id, const content::Frame& f) {
    const auto s = stored(f);
    t->run("UPDATE translation SET skeleton = $3, slots = $4, text_hash = $5 WHERE article_id = $1 AND locale = $2", id,
           f.locale.text(), s.skeleton, s.slots, db::Bytes{f.text_hash});
}

void delete_frame(db::Transaction& t, ArticleId id, const locale::Tag& locale) {
    t->run("DELETE FROM translation WHERE article_id = $1 AND locale = $2", id, locale.text());
}

std::optional<ArticleId> find_slug_owner(db::Connection& c, const locale::Tag& locale, std::string_view slug) {
    return c.one(
        "SELECT article_id FROM translation WHERE locale = $1 AND slug = $2",
        [](db::Row r) { return ArticleId(r.integer(0)); }, locale.text(), slug);
}

Targets find_targets(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    Targets found;
    auto rows = c.all(
        "SELECT segment_id, text, basis, basis_hash, origin, version, actor, updated_at FROM target WHERE article_id = "
        "$1 "
        "AND locale = $2",
        [](db::Row r) {
            return content::Target{.segment_id = r.text(0),
                                   .text = r.text(1),
                                   .basis = r.bytes(2),
                                   .basis_hash = r.bytes(3),
                                   .origin = r.text(4),
                                   .version = r.integer(5),
                                   .actor = r.text(6),
                                   .updated_at = time_of(r.integer(7))};
        },
        id, locale.text());
    for (auto& row : rows) found.emplace(row.segment_id, std::move(row));
    return found;
}

std::vector<Basis> find_bases(db::Connection& c, ArticleId id, const std::vector<std::string>& segment_ids) {
    std::vector<Basis> found;
    const auto basis_from = [](db::Row r) { return Basis{locale::Tag::stored(r.text(0)), r.text(1), r.bytes(2)}; };
    constexpr size_t few = 16;
    if (segment_ids.size() > few) {
        const std::unordered_set<std::string_view> wanted(segment_ids.begin(), segment_ids.end());
        c.query("SELECT locale, segment_id, basis_hash FROM target WHERE article_id = $1",
                std::vector{db::to_value(id)}, [&](db::Row r) {
                    if (wanted.contains(r.text_view(1))) found.push_back(basis_from(r));
                });
        return found;
    }
    // By way of the locales: by article and segment alone SQLite would read every target of the article.
    for (const auto& segment : segment_ids)
        std::ranges::move(c.all("SELECT g.locale, g.segment_id, g.basis_hash FROM translation t CROSS JOIN target g "
                                "WHERE t.article_id = $1 AND g.article_id = $1 AND g.locale = t.locale "
                                "AND g.segment_id = $2",
                                basis_from, id, segment),
                          std::back_inserter(found));
    return found;
}

void upsert_targets(db::Transaction& t, ArticleId id, const locale::Tag& locale,
                    const std::vector<content::Target>& targets) {
    Rows rows(
        "target", "article_id, locale, segment_id, text, basis, basis_hash, origin, version, actor, updated_at",
        "ON CONFLICT (article_id, locale, segment_id) DO UPDATE SET text = excluded.text, basis = excluded.basis, "
        "basis_hash = excluded.basis_hash, origin = excluded.origin, version = excluded.version, actor = "
        "excluded.actor, updated_at = excluded.updated_at");
    for (const auto& g : targets)
        rows.add(id, locale.text(), g.segment_id, g.text, db::Bytes{g.basis}, db::Bytes{g.basis_hash}, g.origin,
                 g.version, g.actor, g.updated_at);
    rows.write(t);
}

void delete_targets(db::Transaction& t, ArticleId id, const locale::Tag& locale, const std::vector<std::string>& ids) {
    delete_rows(t, "DELETE FROM target WHERE ", id, locale, ids);
}

void delete_all_targets(db::Transaction& t, ArticleId id, const locale::Tag& locale) {
    t->run("DELETE FROM target WHERE article_id = $1 AND locale = $2", id, locale.text());
    t->run("DELETE FROM keep WHERE article_id = $1 AND locale = $2", id, locale.text());
}

std::map<std::string, Keep> find_keeps(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    std::map<std::string, Keep> found;
    auto rows = c.all(
        "SELECT segment_id, former_basis, former_basis_hash, reason, actor, at FROM keep WHERE article_id = $1 AND "
        "locale "
        "= $2",
        [](db::Row r) { return Keep{r.text(0), r.bytes(1), r.bytes(2), r.text(3), r.text(4), time_of(r.integer(5))}; },
        id, locale.text());
    for (auto& row : rows) found.emplace(row.segment_id, std::move(row));
    return found;
}

void add_keeps(db::Transaction& t, ArticleId id, const locale::Tag& locale, const std::vector<Keep>& keeps) {
    Rows rows(
        "keep", "article_id, locale, segment_id, former_basis, former_basis_hash, reason, actor, at",
        "ON CONFLICT (article_id, locale, segment_id) DO UPDATE SET reason = excluded.reason, actor = excluded.actor, "
        "at = excluded.at");
    for (const auto& k : keeps)
        rows.add(id, locale.text(), k.segment_id, db::Bytes{k.former_basis}, db::Bytes{k.former_basis_hash}, k.reason,
                 k.actor, k.at);
    rows.write(t);
}

void delete_keeps(db::Transaction& t, ArticleId id, const locale::Tag& locale, const std::vector<std::string>& ids) {
    delete_rows(t, "DELETE FROM keep WHERE ", id, locale, ids);
}

}  // namespace stele::storage
