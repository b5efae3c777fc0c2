#pragma once
#include <sqlite3.h>

#include <string_view>

#include "src/base/error.hpp"

namespace stele::db::sqlite {

// What a result code means for the request. `db` may be null.
Error error_from(sqlite3* db, int code, std::string_view sql);
// A connection that was opened while the file was read-only or gone stays so: only a new one finds it well again.
bool wants_new_connection(const Error& error);

}  // namespace stele::db::sqlite
