#pragma once
// Inside import: the files of one article, read together and saved source first.
#include <optional>
#include <string>
#include <vector>

#include "src/exchange/document.hpp"
#include "src/exchange/exchange.hpp"
#include "src/exchange/import_index.hpp"
#include "src/storage/files.hpp"

namespace stele::exchange {

struct Input {
    Opened opened;
    std::string bytes;
    std::string exact;  // content::exact_hash of the bytes
};
struct Group {
    std::optional<ArticleId> article;  // known to the database, perhaps deleted
    std::vector<Input> files;
    std::vector<Remark> bad;  // files of it that cannot be read
};
// Every file is read twice, at first for the index. Without any use of the database.
Group read_files(const FileSource& files, const Index& index, const FoundArticle& found);

// Throws BadFile.
std::string read_content(const FileSource& files, const std::string& path);
std::uint64_t short_hash(const std::string& exact);

struct Importing {
    const Store& store;
    const FileSource& files;
    const ImportOptions& options;
    ImportReport& report;
    const Index& index;
    storage::OriginId place;  // of the files; `none` in a dry run of a first import
};

// Files of an article that the database has. The report, empty at first, gets what became of each of them. Inside a
// transaction (store.db is db::Joined) but for a dry run: what a file changes is made whole or not at all.
void merge_group(const Importing& importing, const Group& group);

}  // namespace stele::exchange
