#pragma once
#include <sqlite3.h>

#include <chrono>
#include <string>

#include "src/db/db.hpp"
#include "src/db/sqlite/statement.hpp"
#include "src/db/statement_cache.hpp"

namespace stele::db::sqlite {

struct Place {
    std::string path;
    bool durable = true;  // false: a temporary database, nothing is synced
};

class SqliteConnection final : public Connection {
  public:
    // Only the first connection makes a file that is not there: to any other it is away, on a disk that is not mounted,
    // say, and a new and empty one in its place would be taken for the site.
    enum class Role { reader, writer, first_writer };

    SqliteConnection(const Place& place, Role role, const Options& options);
    ~SqliteConnection() override;

    Dialect dialect() const override { return Dialect::sqlite; }

    // BEGIN, COMMIT, SAVEPOINT…: throws, and does not count as a statement of the transaction.
    void control(std::string_view sql);
    // A new transaction or savepoint: what failed before is forgotten.
    void forget_failure() { failure_ = nullptr; }
    const std::exception_ptr& failure() const { return failure_; }
    // False once SQLite itself has rolled everything back, as it does after some errors.
    bool in_transaction() const { return !sqlite3_get_autocommit(db_); }
    // Never throws; afterwards there is no transaction.
    void roll_back() noexcept;
    sqlite3* handle() { return db_; }

  protected:
    void do_query(std::string_view sql, std::span<const Value> values, const std::function<void(Row)>& each) override;
    std::int64_t do_execute(std::string_view sql, std::span<const Value> values) override;

  private:
    void configure(const Place& place, Role role, const Options& options);
    void switch_to_wal(const Place& place);
    std::shared_ptr<Statement> prepared(std::string_view sql);
    bool step(Statement& statement);
    void start_clock();
    static int too_late(void* connection);
    void count_changes_since(std::int64_t total);

    sqlite3* db_ = nullptr;
    StatementCache<Statement> statements_;
    std::chrono::milliseconds statement_timeout_;
    std::chrono::steady_clock::time_point deadline_;
};

}  // namespace stele::db::sqlite
