#include "src/db/sqlite/backup.hpp"

#include <unistd.h>

#include <cerrno>
#include <filesystem>

#include "src/base/sync.hpp"
#include "src/db/seal.hpp"
#include "src/db/sqlite/error.hpp"

namespace stele::db::sqlite {
namespace {

namespace fs = std::filesystem;

[[noreturn]] void throw_system(int code, const std::string& file) {
    const bool full = code == ENOSPC || code == EDQUOT;
    throw Error(ErrorCode::storage_unavailable, full ? "disk-full" : "io",
                {{"file", file}, {"message", std::generic_category().message(code)}});
}

void sync(const fs::path& path) {
    if (const int code = sync_to_disk(path)) throw_system(code, path.string());
}

// Removed unless it has been renamed.
struct Unfinished {
    fs::path path;
    ~Unfinished() {
        std::error_code ignored;
        for (const char* suffix : {"", "-journal", "-wal", "-shm"}) fs::remove(path.string() + suffix, ignored);
    }
};

class Copy {
  public:
    explicit Copy(const fs::path& path) : path_(path.string()) {
        const int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX;
        check(sqlite3_open_v2(path_.c_str(), &db_, flags, nullptr));
        // Nobody sees the file before it is complete and synced as a whole.
        check(sqlite3_exec(db_, "PRAGMA synchronous = OFF; PRAGMA journal_mode = OFF", nullptr, nullptr, nullptr));
    }
    ~Copy() { sqlite3_close(db_); }
    Copy(const Copy&) = delete;
    Copy& operator=(const Copy&) = delete;

    void fill_from(sqlite3* source) {
        auto* backup = sqlite3_backup_init(db_, "main", source, "main");
        if (!backup) throw error_from(db_, sqlite3_errcode(db_), path_);
        // All pages in one step: one snapshot of the WAL. In several, each write of another connection begins it anew.
        const int step = sqlite3_backup_step(backup, -1);
        const int finish = sqlite3_backup_finish(backup);
        if (step != SQLITE_DONE) throw error_from(db_, finish == SQLITE_OK ? step : finish, path_);
    }

  private:
    void check(int code) {
        if (code == SQLITE_OK) return;
        auto error = error_from(db_, code, path_);
        sqlite3_close(db_);
        throw error;
    }

    std::string path_;
    sqlite3* db_ = nullptr;
};

}  // namespace

void back_up(const Place& place, const std::string& file, const Options& options) {
    std::error_code ignored;
    if (fs::equivalent(place.path, file, ignored)) throw Error(ErrorCode::conflict, "backup-onto-itself");
    SqliteConnection source(place, SqliteConnection::Role::reader, options);
    const Unfinished unfinished{file + ".unfinished-" + std::to_string(::getpid())};
    fs::remove(unfinished.path, ignored);
    Copy(unfinished.path).fill_from(source.handle());
    seal(unfinished.path);
    sync(unfinished.path);
    if (::rename(unfinished.path.c_str(), file.c_str()) != 0) throw_system(errno, file);
    auto folder = fs::path(file).parent_path();
    sync(folder.empty() ? fs::path(".") : folder);
}

}  // namespace stele::db::sqlite
