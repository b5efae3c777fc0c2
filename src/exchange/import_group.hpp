#pragma once
// Inside import: the files of one article, read together and saved source first.
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "src/exchange/document.hpp"
#include "src/exchange/exchange.hpp"
#include "src/storage/files.hpp"

namespace stele::exchange {

struct Input {
    Opened opened;
    std::string bytes;
};
struct Group {
    std::optional<ArticleId> article;  // known to the database, perhaps deleted
    std::string key;
    std::vector<Input> files;
};

struct Importing {
    const Store& store;
    const FileSource& files;
    const ImportOptions& options;
    ImportReport& report;
    const std::set<std::string>& present;  // paths of the folder
};

// Adds to the report what became of each file.
void import_group(const Importing& importing, Group group);

// Is this a refusal of one article's content, and not a failure that stops the import? Rethrows the latter.
Remark refusal(const std::string& path, const Error& error);

}  // namespace stele::exchange
