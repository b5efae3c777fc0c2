#pragma once
#include <sqlite3.h>

#include <string_view>

#include "src/base/error.hpp"

namespace stele::db::sqlite {

// What a result code means for the request. `db` may be null.
Error error_from(sqlite3* db, int code, std::string_view sql);

}  // namespace stele::db::sqlite
