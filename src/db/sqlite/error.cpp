#include "src/db/sqlite/error.hpp"

#include <cerrno>

namespace stele::db::sqlite {
namespace {

// errno of the call that failed; 0 where it is not known. SQLite remembers it for a connection, but loses it where a
// write to the WAL has failed: that file knows its own.
int system_error(sqlite3* db) {
    if (!db) return 0;
    if (const int code = sqlite3_system_errno(db)) return code;
    sqlite3_file* wal = nullptr;
    int code = 0;
    if (sqlite3_file_control(db, "main", SQLITE_FCNTL_JOURNAL_POINTER, &wal) == SQLITE_OK && wal && wal->pMethods)
        wal->pMethods->xFileControl(wal, SQLITE_FCNTL_LAST_ERRNO, &code);
    return code;
}

// Empty: not the storage but the statement is at fault.
std::string_view reason_of(sqlite3* db, int code) {
    switch (code & 0xff) {
        case SQLITE_FULL:
            return "disk-full";
        case SQLITE_READONLY:
        case SQLITE_PERM:
            return "read-only";
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_PROTOCOL:
            return "busy";
        case SQLITE_CANTOPEN:
            // The database itself is open for reading: it is the files beside it that cannot be made.
            return db && sqlite3_db_readonly(db, "main") == 1 ? "read-only" : "unreachable";
        case SQLITE_INTERRUPT:
            return "timeout";
        case SQLITE_IOERR:
            // SQLite says FULL for a failed write to a full disk, but IOERR for the files it extends by other means
            // (-shm), for a quota or a limit on the size of files, and where a file system has become read-only.
            switch (system_error(db)) {
                case ENOSPC:
                case EDQUOT:
                case EFBIG:
                    return "disk-full";
                case EROFS:
                case EPERM:
                    return "read-only";
                default:
                    return "io";
            }
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_NOMEM:
            return "io";
        default:
            return "";
    }
}

}  // namespace

bool wants_new_connection(const Error& error) {
    if (error.code() != ErrorCode::storage_unavailable) return false;
    return error.reason() == "read-only" || error.reason() == "io" || error.reason() == "unreachable";
}

Error error_from(sqlite3* db, int code, std::string_view sql) {
    const std::string message = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    const auto reason = reason_of(db, code);
    const char* name = db ? sqlite3_db_filename(db, "main") : nullptr;
    // Where it could not even be opened it has no name yet, and what was wanted is its path.
    std::string file(name && *name ? std::string_view(name) : sql);
    Params params{
        {"sqlite", std::int64_t(code)}, {"message", message}, {"sql", std::string(sql)}, {"file", std::move(file)}};
    // Of a commit: what could not be synced may be on the disk all the same, and a crash before the next commit would
    // bring it back.
    if (code == SQLITE_IOERR_FSYNC) return Error(ErrorCode::outcome_unknown, {}, std::move(params));
    if (reason.empty()) return Error(ErrorCode::internal, "statement", std::move(params));
    return Error(ErrorCode::storage_unavailable, std::string(reason), std::move(params));
}

}  // namespace stele::db::sqlite
