#pragma once
// Inside import: what is known of a folder before anything of it is saved. Its size is that of the paths and keys, not
// of the files.
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "src/exchange/exchange.hpp"
#include "src/storage/files.hpp"

namespace stele::exchange {

struct FoundFile {
    std::uint32_t path = 0;  // its number in Index::paths
    std::uint64_t hash = 0;  // of its bytes
};
struct FoundArticle {
    std::optional<ArticleId> article;  // known to the database, perhaps deleted
    std::vector<FoundFile> files;      // that are new or changed
    size_t bytes = 0;                  // of them together
};
struct Index {
    std::vector<std::string> paths;      // of the folder, in byte order
    std::vector<FoundArticle> articles;  // in the order of their first file
    std::set<locale::Tag> locales;       // of the files that are new or changed
    size_t files = 0;                    // that are new or changed
    bool has(const std::string& path) const;
};
// Reads every file once, on all processors. Adds to the report what is unchanged since it was last in this place, what
// is skipped and what cannot be read.
Index index_folder(const Store& store, const FileSource& files, storage::OriginId place, ImportReport& report);

// Threads that read files, beside the one that saves.
size_t reading_threads();

}  // namespace stele::exchange
