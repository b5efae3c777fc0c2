#pragma once
// Table file: the files of import and export as they were last read or written.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/ids.hpp"
#include "src/db/db.hpp"

namespace stele::storage {

struct FileHead {
    std::string path;  // below the folder, with '/'
    ArticleId article_id{};
    std::string locale;  // of a file of rows: the article's source locale
    std::string exact;   // content::exact_hash of its bytes
};
std::vector<FileHead> find_file_heads(db::Connection& c);  // all
// Of these paths, in no order; unknown paths are left out.
std::vector<FileHead> find_file_heads(db::Connection& c, std::span<const std::string> paths);
std::vector<FileHead> find_row_heads(db::Connection& c);  // all files of rows

// Of all that are not deleted, in order.
std::vector<ArticleId> find_article_ids(db::Connection& c);

struct File : FileHead {
    std::string content;
};
std::vector<File> find_files(db::Connection& c, ArticleId id);

void upsert_files(db::Transaction& t, const std::vector<File>& files);
void delete_file(db::Transaction& t, const std::string& path);

}  // namespace stele::storage
