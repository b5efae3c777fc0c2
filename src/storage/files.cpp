#include "src/storage/files.hpp"

#include "src/storage/many.hpp"
#include "src/storage/rows.hpp"

namespace stele::storage {
namespace {

OriginId origin_from(const db::Row& r) { return OriginId(r.integer(0)); }

FileHead head_from(const db::Row& r) {
    return {OriginId(r.integer(0)), r.text(1), ArticleId(r.integer(2)), r.text(3), r.bytes(4)};
}

}  // namespace

std::optional<OriginId> find_origin(db::Connection& c, const std::string& name) {
    return c.one("SELECT id FROM file_origin WHERE name = $1", origin_from, name);
}

OriginId put_origin(db::Transaction& t, const std::string& name, bool package, Time now) {
    return t
        ->one(
            "INSERT INTO file_origin (name, package, used_at) VALUES ($1, $2, $3) ON CONFLICT (name) DO UPDATE SET "
            "used_at = excluded.used_at RETURNING id",
            origin_from, name, package, now)
        .value();
}

void touch_origin(db::Transaction& t, OriginId id, Time now) {
    t->run("UPDATE file_origin SET used_at = $2 WHERE id = $1", id, now);
}

std::vector<OriginId> find_folders(db::Connection& c) {
    return c.all("SELECT id FROM file_origin WHERE package = 0 ORDER BY used_at DESC, id DESC", origin_from);
}

std::optional<OriginId> find_old_origin(db::Connection& c, bool package, int kept) {
    return c.one("SELECT id FROM file_origin WHERE package = $1 ORDER BY used_at DESC, id DESC LIMIT 1 OFFSET $2",
                 origin_from, package, kept);
}

bool delete_from_origin(db::Transaction& t, OriginId id, int limit) {
    const auto some = t->run(
        "DELETE FROM kept_file WHERE origin_id = $1 AND path IN (SELECT path FROM kept_file WHERE origin_id = $1 LIMIT "
        "$2)",
        id, limit);
    if (some == 0) t->run("DELETE FROM file_origin WHERE id = $1", id);
    return some > 0;
}

std::vector<FileHead> find_file_heads(db::Connection& c, OriginId origin) {
    return c.all("SELECT origin_id, path, article_id, locale, exact FROM kept_file WHERE origin_id = $1", head_from,
                 origin);
}

std::vector<FileHead> find_file_heads(db::Connection& c, std::span<const std::string> paths) {
    std::vector<FileHead> heads;
    std::vector<db::Value> values;
    for (const auto& path : paths) values.push_back(db::to_value(path));
    query_many(c,
               {.head = "SELECT origin_id, path, article_id, locale, exact FROM kept_file WHERE path IN (",
                .row = "?",
                .tail = ")",
                .between = ", "},
               values, [&](db::Row r) { heads.push_back(head_from(r)); });
    return heads;
}

std::vector<FileHead> find_row_heads(db::Connection& c, OriginId origin) {
    return c.all(
        "SELECT origin_id, path, article_id, locale, exact FROM kept_file WHERE origin_id = $1 AND "
        "substr(path, length(path) - 3) = '.csv'",
        head_from, origin);
}

std::vector<ArticleId> find_article_ids(db::Connection& c) {
    return c.all("SELECT id FROM article WHERE deleted_at IS NULL ORDER BY id",
                 [](db::Row r) { return ArticleId(r.integer(0)); });
}

std::vector<File> find_files(db::Connection& c, ArticleId id) {
    return c.all(
        "SELECT f.origin_id, f.path, f.article_id, f.locale, f.exact, f.content, o.package FROM kept_file f "
        "JOIN file_origin o ON o.id = f.origin_id WHERE f.article_id = $1 ORDER BY o.used_at DESC, o.id DESC",
        [](db::Row r) {
            return File{head_from(r), r.text(5), r.integer(6) != 0};
        },
        id);
}

void upsert_files(db::Transaction& t, const std::vector<File>& files) {
    Rows rows("kept_file", "origin_id, path, article_id, locale, content, exact",
              "ON CONFLICT (origin_id, path) DO UPDATE SET article_id = excluded.article_id, locale = excluded.locale, "
              "content = excluded.content, exact = excluded.exact");
    for (const auto& f : files) rows.add(f.origin, f.path, f.article_id, f.locale, f.content, db::Bytes{f.exact});
    rows.write(t);
}

void delete_file(db::Transaction& t, OriginId origin, const std::string& path) {
    t->run("DELETE FROM kept_file WHERE origin_id = $1 AND path = $2", origin, path);
}

}  // namespace stele::storage
