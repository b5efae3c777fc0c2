#pragma once
// Table served: where the server that was started last on this database is reached.
#include <optional>
#include <string>

#include "src/base/time.hpp"
#include "src/db/db.hpp"

namespace stele::storage {

// "http://127.0.0.1:8080". Writes nothing where it is the same.
void set_served(db::Database& database, const std::string& address, Time now);
std::optional<std::string> find_served(db::Connection& c);

}  // namespace stele::storage
