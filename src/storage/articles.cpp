#include "src/storage/articles.hpp"

#include <fmt/format.h>

#include <charconv>

namespace stele::storage {
namespace {

constexpr std::string_view columns =
    "id, key, type, source_locale, priority, shared, version, seq, next_segment, created_at, updated_at, deleted_at";

Article article_from(db::Row r) {
    Article a{.id = ArticleId(r.integer(0)),
              .key = r.text(1),
              .type = r.text(2),
              .source_locale = locale::Tag::stored(r.text(3)),
              .priority = int(r.integer(4)),
              .shared = r.text(5),
              .version = r.integer(6),
              .seq = r.integer(7),
              .next_segment = r.integer(8),
              .created_at = time_of(r.integer(9)),
              .updated_at = time_of(r.integer(10))};
    if (auto deleted = r.optional_integer(11)) a.deleted_at = time_of(*deleted);
    return a;
}

}  // namespace

std::optional<Article> find_article(db::Connection& c, ArticleId id) {
    static const std::string sql = fmt::format("SELECT {} FROM article WHERE id = $1", columns);
    return c.one(sql, article_from, id);
}

std::optional<Article> find_article(db::Connection& c, std::string_view id_or_key) {
    std::int64_t id = 0;
    const auto* end = id_or_key.data() + id_or_key.size();
    const auto [at, error] = std::from_chars(id_or_key.data(), end, id);
    if (error == std::errc() && at == end) return find_article(c, ArticleId(id));
    static const std::string sql = fmt::format("SELECT {} FROM article WHERE key = $1", columns);
    return c.one(sql, article_from, id_or_key);
}

std::optional<std::int64_t> raise_seq(db::Transaction& t, ArticleId id) {
    return t->one(
        "UPDATE article SET seq = seq + 1 WHERE id = $1 RETURNING seq", [](db::Row r) { return r.integer(0); }, id);
}

std::optional<ArticleId> insert_article(db::Transaction& t, const Article& a) {
    return t->one(
        "INSERT INTO article (key, type, source_locale, priority, shared, version, seq, next_segment, created_at, "
        "updated_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (key) DO NOTHING RETURNING id",
        [](db::Row r) { return ArticleId(r.integer(0)); }, a.key, a.type, a.source_locale.text(), a.priority, a.shared,
        a.version, a.seq, a.next_segment, a.created_at, a.updated_at);
}

bool update_article(db::Transaction& t, const Article& a) {
    const bool taken =
        t->one(
             "SELECT id FROM article WHERE key = $1 AND id <> $2", [](db::Row) { return true; }, a.key, a.id)
            .has_value();
    if (taken) return false;
    t->run(
        "UPDATE article SET key = $2, type = $3, source_locale = $4, priority = $5, shared = $6, version = $7, "
        "next_segment = $8, updated_at = $9, deleted_at = $10 WHERE id = $1",
        a.id, a.key, a.type, a.source_locale.text(), a.priority, a.shared, a.version, a.next_segment, a.updated_at,
        a.deleted_at);
    return true;
}

void set_next_segment(db::Transaction& t, ArticleId id, std::int64_t next) {
    t->run("UPDATE article SET next_segment = $2 WHERE id = $1", id, next);
}

}  // namespace stele::storage
