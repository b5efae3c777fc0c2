#pragma once
// Tables file_origin and kept_file: the files of import and export as they were last read or written, in each place.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/db/db.hpp"

namespace stele::storage {

// A place of files: a folder by its path, a package by its token.
enum class OriginId : std::int64_t { none = 0 };

std::optional<OriginId> find_origin(db::Connection& c, const std::string& name);
// Makes it known, and notes that it is used.
OriginId put_origin(db::Transaction& t, const std::string& name, bool package, Time now);
void touch_origin(db::Transaction& t, OriginId id, Time now);
// Folders, the last used one first.
std::vector<OriginId> find_folders(db::Connection& c);
// Of the folders, or the packages, one that is older than the `kept` last used ones.
std::optional<OriginId> find_old_origin(db::Connection& c, bool package, int kept);
// At most `limit` files of it; it itself once it has none. False: it is gone.
bool delete_from_origin(db::Transaction& t, OriginId id, int limit);

struct FileHead {
    OriginId origin{};
    std::string path;  // below the folder, with '/'
    ArticleId article_id{};
    std::string locale;  // of a file of rows: the article's source locale
    std::string exact;   // content::exact_hash of its bytes
};
std::vector<FileHead> find_file_heads(db::Connection& c, OriginId origin);  // all
// Of these paths, anywhere, in no order; unknown paths are left out.
std::vector<FileHead> find_file_heads(db::Connection& c, std::span<const std::string> paths);
std::vector<FileHead> find_row_heads(db::Connection& c, OriginId origin);  // all files of rows

// Of all that are not deleted, in order.
std::vector<ArticleId> find_article_ids(db::Connection& c);

struct File : FileHead {
    std::string content;
    bool of_package = false;  // as found; not written
};
// Of all places, those of the last used one first.
std::vector<File> find_files(db::Connection& c, ArticleId id);

void upsert_files(db::Transaction& t, const std::vector<File>& files);
void delete_file(db::Transaction& t, OriginId origin, const std::string& path);

}  // namespace stele::storage
