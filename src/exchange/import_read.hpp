#pragma once
// Inside import: the files of one article and what each was, before anything is saved.
#include "src/editing/editing.hpp"
#include "src/exchange/import_group.hpp"

namespace stele::exchange {

struct Read {
    Document document;
    std::string bytes, exact;
    std::optional<Document> base;  // as last imported or exported where it lies, under this name or a former one
    storage::OriginId place{};     // where that is, `none` for a package that is not known
    std::string kept_path = {};    // of the base
    bool untouched = false;        // it is the base, byte for byte
};
struct ReadGroup {
    std::string type;  // of the article, known to the site
    std::vector<Read> documents;
};
// `article` absent: a new one. `kept`: its files as last imported or exported, of all places. Adds to the report what
// cannot be read.
ReadGroup read_group(const Importing& importing, Group group, const std::optional<editing::Article>& article,
                     const std::vector<storage::File>& kept);

}  // namespace stele::exchange
