#include "src/db/sqlite/connection.hpp"

#include "src/db/sqlite/error.hpp"

namespace stele::db::sqlite {
namespace {

constexpr size_t statements_kept = 256;
constexpr int operations_between_looks_at_the_clock = 10'000;  // some tens of microseconds

// The statement is free again however its use ends.
struct Use {
    Statement& statement;
    ~Use() { statement.reset(); }
};

}  // namespace

SqliteConnection::SqliteConnection(const Place& place, Role role, const Options& options)
    : statements_(statements_kept), statement_timeout_(options.statement_timeout_ms) {
    const int flags = SQLITE_OPEN_READWRITE | (role == Role::first_writer ? SQLITE_OPEN_CREATE : 0) |
                      SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const int code = sqlite3_open_v2(place.path.c_str(), &db_, flags, nullptr);
    try {
        if (code != SQLITE_OK) throw error_from(db_, code, place.path);
        configure(place, role, options);
    } catch (...) {
        statements_.clear();
        sqlite3_close(db_);
        throw;
    }
}

SqliteConnection::~SqliteConnection() {
    statements_.clear();
    sqlite3_close(db_);
}

void SqliteConnection::configure(const Place& place, Role role, const Options& options) {
    // busy_timeout first: switching to WAL may itself have to wait.
    sqlite3_busy_timeout(db_, options.busy_timeout_ms);
    // "name" is never a string, as on PostgreSQL.
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DML, 0, nullptr);
    sqlite3_db_config(db_, SQLITE_DBCONFIG_DQS_DDL, 0, nullptr);
    switch_to_wal(place);
    control(place.durable ? "PRAGMA synchronous = FULL" : "PRAGMA synchronous = OFF");
    control("PRAGMA wal_autocheckpoint = 0");  // the checkpointer does it, outside of any commit
    control("PRAGMA temp_store = MEMORY");
    control("PRAGMA cache_size = -" + std::to_string(options.cache_bytes / 1024));
    if (role == Role::reader) control("PRAGMA query_only = 1");
    if (statement_timeout_.count() > 0)
        sqlite3_progress_handler(db_, operations_between_looks_at_the_clock, &SqliteConnection::too_late, this);
}

// A file system without shared memory stays in another mode and says so in the answer alone; readers would then block
// the writer.
void SqliteConnection::switch_to_wal(const Place& place) {
    std::string mode;
    query("PRAGMA journal_mode = WAL", {}, [&](Row row) { mode = row.text(0); });
    if (mode != "wal")
        throw Error(ErrorCode::storage_unavailable, "io", {{"journal_mode", mode}, {"file", place.path}});
}

void SqliteConnection::control(std::string_view sql) {
    const auto statement = prepared(sql);
    const Use use{*statement};
    start_clock();
    while (statement->step()) {
    }
}

void SqliteConnection::roll_back() noexcept {
    // By sqlite3_exec: it must also work where there is no memory for a statement. It fails only where there is nothing
    // to roll back.
    if (in_transaction()) sqlite3_exec(db_, "ROLLBACK", nullptr, nullptr, nullptr);
}

std::shared_ptr<Statement> SqliteConnection::prepared(std::string_view sql) {
    auto statement = statements_.find(sql);
    if (statement && !statement->in_use()) return statement;
    const bool nested = statement != nullptr;  // the same text inside its own row loop: one for this use alone
    statement = std::make_shared<Statement>(db_, sql);
    if (!nested) statements_.put(sql, statement);
    return statement;
}

void SqliteConnection::start_clock() { deadline_ = std::chrono::steady_clock::now() + statement_timeout_; }

int SqliteConnection::too_late(void* connection) {
    return std::chrono::steady_clock::now() > static_cast<SqliteConnection*>(connection)->deadline_ ? 1 : 0;
}

bool SqliteConnection::step(Statement& statement) {
    try {
        return statement.step();
    } catch (Error& error) {
        fail(std::move(error));
    }
}

void SqliteConnection::count_changes_since(std::int64_t total) {
    // changes() keeps the figure of an earlier statement when this one is of a kind that changes no rows.
    if (sqlite3_total_changes64(db_) != total) rows_written_ += sqlite3_changes64(db_);
}

void SqliteConnection::do_query(std::string_view sql, std::span<const Value> values,
                                const std::function<void(Row)>& each) {
    std::shared_ptr<Statement> statement;
    const auto total = sqlite3_total_changes64(db_);
    try {
        statement = prepared(sql);
        statement->bind(values);
    } catch (Error& error) {
        if (statement) statement->reset();
        fail(std::move(error));
    }
    const Use use{*statement};
    start_clock();
    while (step(*statement)) each(Row(*statement));
    // Only now: with RETURNING the changes are made before the first row, but counted at the end.
    if (!statement->reads_only()) count_changes_since(total);
}

std::int64_t SqliteConnection::do_execute(std::string_view sql, std::span<const Value> values) {
    const auto before = rows_written_;
    do_query(sql, values, [](Row) {});
    return rows_written_ - before;
}

}  // namespace stele::db::sqlite
