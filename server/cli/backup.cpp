// stele backup FILE: a copy of the SQLite database, safe while the server runs.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "server/cli/command.hpp"
#include "server/cli/database.hpp"
#include "server/cli/files.hpp"

namespace stele::cli {
namespace {

struct Request {
    std::string file;
    bool force = false;
};

int back_up(const Options& options, const Request& request) {
    if (!sqlite_path(options))
        throw CommandError(
            "a PostgreSQL database is backed up by its own tool: pg_dump --format=custom --file=FILE URL.");
    require_database_file(options);
    std::error_code unknown;  // a target that does not exist is not the same file
    if (std::filesystem::equivalent(request.file, *sqlite_path(options), unknown))
        throw UsageError(fmt::format("{} is the database itself. Name another file.", request.file));
    if (std::filesystem::exists(request.file) && !request.force)
        throw CommandError(fmt::format("{} exists. Name another file, or replace it with --force.", request.file));
    open_database(options)->backup_to(request.file);
    fmt::print("backup of {}: {} ({})\n", *sqlite_path(options), request.file, size_text(request.file));
    return exit_done;
}

}  // namespace

Command backup_command() {
    auto request = std::make_shared<Request>();
    return {"backup", "write a copy of the SQLite database, while the server runs or not",
            [request](CLI::App& app) {
                app.add_option("FILE", request->file, "where the copy goes")->required();
                app.add_flag("--force", request->force, "replace FILE if it exists");
            },
            [request](const Options& options) { return back_up(options, *request); }};
}

}  // namespace stele::cli
