#pragma once
// The options as the database layer takes them.
#include <memory>
#include <string>
#include <vector>

#include "server/cli/options.hpp"
#include "src/db/db.hpp"

namespace stele::cli {

db::Options database_options(const Options& options);
std::unique_ptr<db::Database> open_database(const Options& options);
// Brings the schema to what this binary needs, and what SQL alone cannot change with it. The names of the migrations
// that were applied.
std::vector<std::string> upgrade(db::Database& database);
// For commands that make no sense without content: CommandError where the SQLite file does not exist.
void require_database_file(const Options& options);

}  // namespace stele::cli
