#pragma once
// What the two drivers give to and take from the common part. Nothing outside src/db needs it.
#include "src/db/db.hpp"

namespace stele::db {

std::unique_ptr<Database> open_sqlite(const Options& options);
std::unique_ptr<Database> open_postgres(const Options& options);

// While a body of `database` runs on this thread. A write in it would wait for itself: on SQLite there is one writer,
// on PostgreSQL the inner one may wait for a row that the outer one holds.
class InsideWrite {
  public:
    explicit InsideWrite(const Database& database);
    ~InsideWrite();
    InsideWrite(const InsideWrite&) = delete;
    InsideWrite& operator=(const InsideWrite&) = delete;

  private:
    const Database* before_;
};
void refuse_nested_write(const Database& database);

// While a read of `database` runs on this thread, the reads inside it are parts of it.
class InsideRead {
  public:
    InsideRead(const Database& database, Connection& connection);
    ~InsideRead();
    InsideRead(const InsideRead&) = delete;
    InsideRead& operator=(const InsideRead&) = delete;
    // The innermost such read's connection; null when there is none, or when it is another database's.
    static Connection* connection_of(const Database& database);

  private:
    const InsideRead* before_;
    const Database& database_;
    Connection& connection_;
};

// Runs every action, then rethrows what the first that failed has thrown.
void run_all(const std::vector<std::function<void()>>& actions);

}  // namespace stele::db
