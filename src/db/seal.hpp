#pragma once
// The seal of a backup: a line at its very end that says how long the database before it is and what its hash is
// (XXH3-128). The integrity check of SQLite finds a broken page, but not a letter that has changed; this finds both,
// and a file that was cut off. To SQLite the line is nothing: it reads as many pages as the header counts.
#include <filesystem>

namespace stele::db {

enum class Seal {
    whole,
    missing,  // cut off, or never a backup
    broken,   // something before it is not as it was
};

// Appends the seal. Throws storage_unavailable; the caller syncs.
void seal(const std::filesystem::path& database);
// Copies the database in `backup`, without the seal, to `copy`, which must not exist, and says whether what was copied
// is what was sealed. Throws storage_unavailable.
Seal copy_sealed(const std::filesystem::path& backup, const std::filesystem::path& copy);

}  // namespace stele::db
