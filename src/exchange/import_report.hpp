#pragma once
// Inside import: what is said of a file, and what is kept of it.
#include <vector>

#include "src/exchange/document.hpp"
#include "src/exchange/exchange.hpp"
#include "src/exchange/import_read.hpp"
#include "src/storage/files.hpp"

namespace stele::exchange {

// What the product refused of this file. Rethrows what is no refusal of one article's content, but a failure that stops
// the import.
Remark refusal(const Document& d, const Error& error);
Remark refusal(const std::string& path, const Error& error);

// A shared field belongs to the source's file; another locale's would be for all of them.
void warn_of_shared(ImportReport& report, const Document& d);

// There is nothing to publish in a translation without any text.
bool has_text(const Document& d);

// Of a document that was taken: the files of a package stay those of the package, wherever they lie.
storage::OriginId place_to_keep(db::Transaction& t, const Importing& importing, const Read& read);
// The files to keep of it: itself and, of the source's, its rows.
void add_kept(std::vector<storage::File>& files, const Read& read, storage::OriginId place, ArticleId id,
              const locale::Tag& source_locale);
void keep(db::Transaction& t, std::vector<storage::File> files);

}  // namespace stele::exchange
