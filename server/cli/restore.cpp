// stele restore FILE: makes a backup the database again. A copy of it is checked, and brought to this version's schema,
// before it takes the database's name; a database that stood there is kept beside it.
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <CLI/CLI.hpp>
#include <filesystem>

#include "server/cli/command.hpp"
#include "server/cli/database.hpp"
#include "server/cli/files.hpp"
#include "src/base/error.hpp"
#include "src/db/seal.hpp"

namespace stele::cli {
namespace {

namespace fs = std::filesystem;

struct Request {
    std::string file;
    bool force = false;
};

Options at(const Options& options, const fs::path& file) {
    auto other = options;
    other.database = "sqlite:" + file.string();
    return other;
}

CommandError damaged(const std::string& name, const std::string& how) {
    return CommandError(fmt::format("{} is damaged ({}). Nothing was changed; take another backup.", name, how));
}

void copy_whole(const std::string& file, const fs::path& copy) {
    switch (db::copy_sealed(file, copy)) {
        case db::Seal::whole:
            return;
        case db::Seal::broken:
            throw damaged(file, "its content is not what was backed up");
        case db::Seal::missing:
            throw CommandError(
                fmt::format("{} does not end as the backups of stele do: it was cut off, or made by something else. "
                            "Nothing was changed; take another backup.",
                            file));
    }
}

void require_schema_we_know(const db::SchemaStatus& status, const std::string& name) {
    if (status.newer || !status.changed.empty())
        throw CommandError(fmt::format(
            "{} was made by a newer or another version of stele (schema {:04}, this one knows {:04}). Nothing was "
            "changed; restore it with that version.",
            name, status.at, status.wanted));
    if (status.at == 0) throw CommandError(fmt::format("{} holds no content of stele. Nothing was changed.", name));
}

// Throws CommandError unless the database in `copy` is whole and ours; brings it to our schema. `name` is what the
// operator called it: that file stays as it is, so nothing else is needed to go back.
void prepare(const Options& options, const fs::path& copy, const std::string& name) {
    try {
        const auto database = open_database(at(options, copy));
        const auto found = database->reading(
            [](db::Connection& c) { return c.all("PRAGMA quick_check", [](db::Row row) { return row.text(0); }); });
        if (found.empty() || found.front() != "ok") throw damaged(name, found.empty() ? "no answer" : found.front());
        require_schema_we_know(db::schema_status(*database), name);
        for (const auto& migration : upgrade(*database)) fmt::print("applied {} to the copy\n", migration);
    } catch (const Error& error) {
        if (error.reason() != "io") throw;  // the disk is full, say
        throw damaged(name, error.what());
    }
}

void remove_copy(const fs::path& copy) {
    std::error_code ignored;  // the failure that brought us here is the one to report
    for (const auto* ending : {"", "-wal", "-shm"}) fs::remove(copy.string() + ending, ignored);
}

CommandError in_use(const fs::path& target) {
    return CommandError(fmt::format("{} is in use. Stop the server first, then restore.", target.string()));
}

// SQLite moves the log into the database and removes it when the last user closes it: a log that stays has another
// user.
void require_unused(const Options& options, const fs::path& target) {
    try {
        open_database(options)->reading([](db::Connection& c) {
            return c.all("SELECT count(*) FROM sqlite_schema", [](db::Row row) { return row.integer(0); });
        });
    } catch (const Error& error) {
        if (error.reason() == "busy") throw in_use(target);
        if (error.reason() != "io") throw;  // full, or not ours to write: not what a restore mends
        return;                             // it is so broken that it cannot be opened: what a restore is for
    }
    if (fs::exists(target.string() + "-wal")) throw in_use(target);
}

// Whoever could write the old database can write the new one, also when an administrator restores it.
void give_to_owner_of(const fs::path& old, const fs::path& copy) {
    struct stat was {};
    if (::stat(old.c_str(), &was) != 0 || ::chmod(copy.c_str(), was.st_mode & 07777) != 0 ||
        (::chown(copy.c_str(), was.st_uid, was.st_gid) != 0 && ::geteuid() == 0))
        throw CommandError(fmt::format("{} cannot be given the owner of {}.", copy.string(), old.string()));
}

// Keeps the old database under another name, and after it a log that no one closed, also one that outlived its
// database; never leaves the name without a file. The log is gone for good, also after a power cut, before the new
// database is there: SQLite would apply it to that one.
void put_in_place(const fs::path& copy, const fs::path& target) {
    const auto folder = target.has_parent_path() ? target.parent_path() : fs::path(".");
    const auto kept = free_name(target.string() + ".before-restore");
    if (fs::exists(target)) {
        give_to_owner_of(target, copy);
        fs::create_hard_link(target, kept);
        fmt::print("the database as it was: {}\n", kept.string());
    }
    for (const auto* ending : {"-wal", "-shm"})
        if (fs::exists(target.string() + ending)) fs::rename(target.string() + ending, kept.string() + ending);
    sync_path(folder);
    fs::rename(copy, target);
    sync_path(folder);
}

int restore(const Options& options, const Request& request) {
    const auto path = sqlite_path(options);
    if (!path) throw CommandError("a PostgreSQL database is restored by its own tool: pg_restore --dbname=URL FILE.");
    const auto target = fs::weakly_canonical(*path);  // its log is beside the file itself, not beside a link to it
    if (!fs::is_regular_file(request.file)) throw CommandError(fmt::format("there is no file {}.", request.file));
    if (fs::exists(target) && !request.force)
        throw CommandError(fmt::format("{} exists. Replace it with --force; it is kept beside.", target.string()));
    if (fs::exists(target)) require_unused(options, target);

    const auto copy = free_name(target.string() + ".restoring");
    try {
        copy_whole(request.file, copy);
        prepare(options, copy, request.file);
        sync_path(copy);
        if (fs::exists(target)) require_unused(options, target);  // copying may have taken long
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
