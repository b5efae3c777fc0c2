#include "src/db/sqlite/error.hpp"

#include <cerrno>

namespace stele::db::sqlite {
namespace {

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
            return "unreachable";
        case SQLITE_INTERRUPT:
            return "timeout";
        case SQLITE_IOERR: {
            // SQLite says FULL for a failed write to a full disk, but IOERR for the files it extends by other means
            // (-shm).
            const int system = db ? sqlite3_system_errno(db) : 0;
            return system == ENOSPC || system == EDQUOT ? "disk-full" : "io";
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

Error error_from(sqlite3* db, int code, std::string_view sql) {
    const std::string message = db ? sqlite3_errmsg(db) : sqlite3_errstr(code);
    const auto reason = reason_of(db, code);
    Params params{{"sqlite", std::int64_t(code)}, {"message", message}, {"sql", std::string(sql)}};
    if (reason.empty()) return Error(ErrorCode::internal, "statement", std::move(params));
    return Error(ErrorCode::storage_unavailable, std::string(reason), std::move(params));
}

}  // namespace stele::db::sqlite
