#include "src/storage/files.hpp"

#include "src/storage/many.hpp"
#include "src/storage/rows.hpp"

namespace stele::storage {
namespace {

FileHead head_from(const db::Row& r) { return {r.text(0), ArticleId(r.integer(1)), r.text(2), r.bytes(3)}; }

}  // namespace

std::vector<FileHead> find_file_heads(db::Connection& c) {
    return c.all("SELECT path, article_id, locale, exact FROM file", head_from);
}

std::vector<FileHead> find_file_heads(db::Connection& c, std::span<const std::string> paths) {
    std::vector<FileHead> heads;
    std::vector<db::Value> values;
    for (const auto& path : paths) values.push_back(db::to_value(path));
    query_many(c,
               {.head = "SELECT path, article_id, locale, exact FROM file WHERE path IN (",
                .row = "?",
                .tail = ")",
                .between = ", "},
               values, [&](db::Row r) { heads.push_back(head_from(r)); });
    return heads;
}

std::vector<FileHead> find_row_heads(db::Connection& c) {
    return c.all("SELECT path, article_id, locale, exact FROM file WHERE substr(path, length(path) - 3) = '.csv'",
                 head_from);
}

std::vector<ArticleId> find_article_ids(db::Connection& c) {
    return c.all("SELECT id FROM article WHERE deleted_at IS NULL ORDER BY id",
                 [](db::Row r) { return ArticleId(r.integer(0)); });
}

std::vector<File> find_files(db::Connection& c, ArticleId id) {
    return c.all(
        "SELECT path, article_id, locale, exact, content FROM file WHERE article_id = $1",
        [](db::Row r) {
            return File{head_from(r), r.text(4)};
        },
        id);
}

void upsert_files(db::Transaction& t, const std::vector<File>& files) {
    Rows rows("file", "path, article_id, locale, content, exact",
              "ON CONFLICT (path) DO UPDATE SET article_id = excluded.article_id, locale = excluded.locale, "
              "content = excluded.content, exact = excluded.exact");
    for (const auto& f : files) rows.add(f.path, f.article_id, f.locale, f.content, db::Bytes{f.exact});
    rows.write(t);
}

void delete_file(db::Transaction& t, const std::string& path) { t->run("DELETE FROM file WHERE path = $1", path); }

}  // namespace stele::storage
