#include "server/cli/database.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "server/cli/command.hpp"
#include "src/accounts/users.hpp"

namespace stele::cli {

db::Options database_options(const Options& options) {
    db::Options made;
    made.url = options.database;
    made.readers = int(options.readers);
    made.writers = int(options.writers);
    made.statement_timeout_ms = int(options.statement_timeout.count());
    made.cache_bytes = size_t(options.cache_bytes);
    return made;
}

std::unique_ptr<db::Database> open_database(const Options& options) {
    return db::Database::open(database_options(options));
}

std::vector<std::string> upgrade(db::Database& database) {
    auto applied = db::migrate(database);
    accounts::renew_name_keys(database);  // also where a migration was interrupted before it
    return applied;
}

void require_database_file(const Options& options) {
    const auto path = sqlite_path(options);
    if (path && !std::filesystem::exists(*path))
        throw CommandError(fmt::format("there is no database at {}. Name it with --database sqlite:FILE.", *path));
}

}  // namespace stele::cli
