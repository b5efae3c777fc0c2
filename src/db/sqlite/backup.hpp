#pragma once
#include "src/db/sqlite/connection.hpp"

namespace stele::db::sqlite {

// Copies the database as it is at this moment to `file`, which appears complete or not at all; what had the name is
// replaced. Others read and write meanwhile. Throws storage_unavailable, or conflict "backup-onto-itself".
void back_up(const Place& place, const std::string& file, const Options& options);

}  // namespace stele::db::sqlite
