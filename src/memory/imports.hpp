#pragma once
// Table memory_import.
#include "src/db/db.hpp"
#include "src/memory/tmx.hpp"

namespace stele::memory {

std::optional<ImportedFile> find_import(db::Connection& c, std::int64_t id);
std::int64_t insert_import(db::Transaction& t, const ImportedFile& file);
// So many units more of it; a file without any is forgotten.
void change_import(db::Transaction& t, std::int64_t id, std::int64_t units);

}  // namespace stele::memory
