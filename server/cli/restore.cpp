// stele restore FILE: makes a backup the database again. The copy is checked before it takes the database's name, and a
// database that stood there is kept beside it.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <filesystem>
#include <fstream>

#include "server/cli/command.hpp"
#include "server/cli/database.hpp"
#include "server/cli/files.hpp"
#include "src/base/error.hpp"

namespace stele::cli {
namespace {

namespace fs = std::filesystem;

struct Request {
    std::string file;
    bool force = false;
};

// The first 16 bytes of every SQLite database (sqlite.org/fileformat2.html, section 1.3).
bool has_sqlite_header(const fs::path& file) {
    constexpr std::string_view magic{"SQLite format 3\0", 16};
    std::ifstream in(file, std::ios::binary);
    char head[16] = {};
    return in.read(head, sizeof head) && std::string_view(head, sizeof head) == magic;
}

Options at(const Options& options, const fs::path& file) {
    auto other = options;
    other.database = "sqlite:" + file.string();
    return other;
}

// Throws CommandError unless the database in `copy` is whole and ours. `name` is what the operator called it.
void check_copy(const Options& options, const fs::path& copy, const std::string& name) {
    const auto damaged = [&](const std::string& how) {
        return CommandError(fmt::format("{} is damaged ({}). Nothing was changed; take another backup.", name, how));
    };
    try {
        const auto database = open_database(at(options, copy));
        const auto found = database->reading(
            [](db::Connection& c) { return c.all("PRAGMA quick_check", [](db::Row row) { return row.text(0); }); });
        if (found.empty() || found.front() != "ok") throw damaged(found.empty() ? "no answer" : found.front());
        const auto status = db::schema_status(*database);
        if (status.newer || !status.changed.empty())
            throw CommandError(fmt::format(
                "{} was made by a newer or another version of stele (schema {:04}, this one knows {:04}). Nothing was "
                "changed; restore it with that version.",
                name, status.at, status.wanted));
        if (status.at == 0) throw CommandError(fmt::format("{} holds no content of stele. Nothing was changed.", name));
    } catch (const Error& e) {
        throw damaged(e.what());
    }
}

void remove_copy(const fs::path& copy) {
    std::error_code ignored;  // the failure that brought us here is the one to report
    for (const auto* ending : {"", "-wal", "-shm"}) fs::remove(copy.string() + ending, ignored);
}

// SQLite removes the log when the last user of a database closes it: a log that stays has another user.
void require_unused(const Options& options, const fs::path& target) {
    try {
        open_database(options)->reading([](db::Connection& c) {
            return c.all("SELECT count(*) FROM sqlite_schema", [](db::Row row) { return row.integer(0); });
        });
    } catch (const Error&) {
        return;  // it is so broken that it cannot be opened: what a restore is for
    }
    if (fs::exists(target.string() + "-wal"))
        throw CommandError(fmt::format("{} is in use. Stop the server first, then restore.", target.string()));
}

// Moves a log that no one closed, keeps the old database under another name, and never leaves the name without a file.
void put_in_place(const fs::path& copy, const fs::path& target) {
    if (fs::exists(target)) {
        const auto kept = free_name(target.string() + ".before-restore");
        for (const auto* ending : {"-wal", "-shm"})
            if (fs::exists(target.string() + ending)) fs::rename(target.string() + ending, kept.string() + ending);
        fs::create_hard_link(target, kept);
        fmt::print("the database as it was: {}\n", kept.string());
    }
    fs::rename(copy, target);
    sync_path(target.has_parent_path() ? target.parent_path() : fs::path("."));
}

int restore(const Options& options, const Request& request) {
    const auto path = sqlite_path(options);
    if (!path) throw CommandError("a PostgreSQL database is restored by its own tool: pg_restore --dbname=URL FILE.");
    const fs::path target = *path;
    if (!fs::is_regular_file(request.file)) throw CommandError(fmt::format("there is no file {}.", request.file));
    if (!has_sqlite_header(request.file))
        throw CommandError(fmt::format("{} is not a backup made by stele. Nothing was changed.", request.file));
    if (fs::exists(target) && !request.force)
        throw CommandError(fmt::format("{} exists. Replace it with --force; it is kept beside.", target.string()));
    if (fs::exists(target)) require_unused(options, target);

    const auto copy = free_name(target.string() + ".restoring");
    try {
        fs::copy_file(request.file, copy);
        check_copy(options, copy, request.file);
        sync_path(copy);
        put_in_place(copy, target);
    } catch (...) {
        remove_copy(copy);
        throw;
    }
    fmt::print("restored {} from {} ({})\n", target.string(), request.file, size_text(target));
    return exit_done;
}

}  // namespace

Command restore_command() {
    auto request = std::make_shared<Request>();
    return {"restore", "make a backup the SQLite database again, with the server stopped",
            [request](CLI::App& app) {
                app.add_option("FILE", request->file, "the backup")->required();
                app.add_flag("--force", request->force, "replace a database that exists; it is kept beside");
            },
            [request](const Options& options) { return restore(options, *request); }};
}

}  // namespace stele::cli
