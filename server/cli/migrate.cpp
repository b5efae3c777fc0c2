// stele migrate: brings the schema of the database to what this binary needs. SQLite is backed up first.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/command.hpp"
#include "server/cli/database.hpp"
#include "server/cli/files.hpp"

namespace stele::cli {
namespace {

void back_up_before(db::Database& database, const std::string& path, int wanted) {
    const auto file = free_name(fmt::format("{}.before-{:04}", path, wanted));
    database.backup_to(file);
    fmt::print("backup of the database as it was: {} ({})\n", file.string(), size_text(file));
}

int migrate(const Options& options) {
    const auto database = open_database(options);
    const auto status = db::schema_status(*database);
    const bool behind = !status.newer && status.changed.empty() && status.at < status.wanted;
    const auto path = sqlite_path(options);
    if (behind && status.at > 0 && path) back_up_before(*database, *path, status.wanted);
    const auto applied = upgrade(*database);  // refuses a newer or changed schema
    for (const auto& name : applied) fmt::print("applied {}\n", name);
    if (applied.empty()) fmt::print("nothing to do: the schema is at {:04}\n", status.at);
    return exit_done;
}

}  // namespace

Command migrate_command() {
    return {"migrate", "bring the database's schema up to date, after a backup on SQLite", [](CLI::App&) {}, migrate};
}

}  // namespace stele::cli
