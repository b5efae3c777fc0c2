#pragma once
// The database as the rest of the product sees it: one SQL text, two databases. Everything here throws stele::Error:
// storage_unavailable (nothing changed; the reason says why: "unreachable", "disk-full", "read-only", "busy",
// "timeout", "io"), overloaded (too many writes are waiting), outcome_unknown (PostgreSQL's connection was lost during
// COMMIT, or SQLite's log could not be synced), internal (a statement that is wrong).
//
// SQL by the rules of ARCHITECTURE.md: $1…$n, RETURNING, ON CONFLICT; booleans 0/1, times integer microseconds, JSON
// text; no LIKE, no now(), no ORDER BY on text.
#include <chrono>
#include <cstdint>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "src/base/error.hpp"
#include "src/db/activity.hpp"

namespace stele::db {

// A byte string that is not text (hashes, sort keys). Bound as BLOB / BYTEA.
struct Bytes {
    std::string value;
    friend bool operator==(const Bytes&, const Bytes&) = default;
};
struct Null {};

// A bound value. bool becomes 0/1; std::optional<T> becomes NULL when absent.
using Value = std::variant<Null, std::int64_t, double, std::string, Bytes>;

template <class T>
Value to_value(const T& v);  // integers, bool, enums, string-likes, Bytes, Time, optionals, locale-free

class RowImpl;

// One row of a result, valid until the next step. Columns from 0. A column that is NULL or of another type than asked
// for throws Error(internal, "column") on both databases; whole numbers are also real.
class Row {
  public:
    explicit Row(RowImpl& impl) : impl_(&impl) {}
    bool is_null(int column) const;
    std::int64_t integer(int column) const;
    double real(int column) const;
    std::string text(int column) const;   // of TEXT
    std::string bytes(int column) const;  // of BLOB / BYTEA
    std::string_view text_view(int column) const;
    bool boolean(int column) const { return integer(column) != 0; }
    std::optional<std::int64_t> optional_integer(int column) const;
    std::optional<std::string> optional_text(int column) const;
    std::optional<std::string> optional_bytes(int column) const;

  private:
    RowImpl* impl_;
};

enum class Dialect { sqlite, postgres };

// One connection, used by one thread at a time. Statements are prepared once per SQL text and kept (bounded, LRU).
class Connection {
  public:
    virtual ~Connection() = default;
    virtual Dialect dialect() const = 0;

    // Calls `each` for every row.
    void query(std::string_view sql, std::span<const Value> values, const std::function<void(Row)>& each);
    // Number of rows changed.
    std::int64_t execute(std::string_view sql, std::span<const Value> values);

    // The forms that storage/ uses.
    template <class... A>
    std::int64_t run(std::string_view sql, const A&... args) {
        const std::vector<Value> values{to_value(args)...};
        return execute(sql, values);
    }
    // map: Row -> T
    template <class Map, class... A>
    auto all(std::string_view sql, Map map, const A&... args) {
        std::vector<decltype(map(std::declval<Row>()))> rows;
        const std::vector<Value> values{to_value(args)...};
        query(sql, values, [&](Row row) { rows.push_back(map(row)); });
        return rows;
    }
    // The first row, absent when there is none.
    template <class Map, class... A>
    auto one(std::string_view sql, Map map, const A&... args) {
        std::optional<decltype(map(std::declval<Row>()))> found;
        const std::vector<Value> values{to_value(args)...};
        query(sql, values, [&](Row row) {
            if (!found) found = map(row);
        });
        return found;
    }

    // Rows inserted, updated and deleted by this connection since it was opened (for the test of rows written per
    // save).
    std::int64_t rows_written() const { return rows_written_; }

  protected:
    virtual void do_query(std::string_view sql, std::span<const Value> values,
                          const std::function<void(Row)>& each) = 0;
    virtual std::int64_t do_execute(std::string_view sql, std::span<const Value> values) = 0;
    // A statement failed: remembers why the transaction is over, then throws.
    [[noreturn]] void fail(Error error);

    std::exception_ptr failure_;  // of the first failed statement of this transaction
    std::int64_t rows_written_ = 0;

  private:
    void refuse_what_cannot_run(std::string_view sql, std::span<const Value> values);
};

// A write transaction. Only Database::write makes one; a function that takes a Transaction& can only run inside one.
// A failed statement ends it on both databases (later statements throw).
class Transaction {
  public:
    explicit Transaction(Connection& c) : connection_(&c) {}
    Connection& operator*() { return *connection_; }
    Connection* operator->() { return connection_; }
    // Runs after the commit that made this transaction durable, on the thread that called write().
    void after_commit(std::function<void()> action) { after_commit_.push_back(std::move(action)); }
    std::vector<std::function<void()>>& actions() { return after_commit_; }

  private:
    Connection* connection_;
    std::vector<std::function<void()>> after_commit_;
};

struct Options {
    std::string url;  // "sqlite:PATH", "sqlite::memory:" (tests), "postgresql://…" or "postgresql:KEYWORDS"
    int readers = 8;  // pool of reading connections
    int writers = 8;  // PostgreSQL: concurrent write connections. SQLite always has one writer thread.
    int statement_timeout_ms = 30'000;
    int busy_timeout_ms = 5'000;
    size_t cache_bytes = 32u << 20;  // SQLite page cache per connection
};

// A moment of this process, to say what came before what.
using Moment = std::chrono::steady_clock::time_point;

// Word that somebody has committed what readers see (storage/change_log.hpp), for one thread that waits for it. Word
// may be late or not come at all, so whoever waits looks from time to time as well.
class News {
  public:
    enum class Word {
        none,     // nothing came
        changed,  // somebody has told
        lost,     // the connection to those who tell: the database may be another one when it is back
    };
    virtual ~News() = default;
    // Returns at the first word, after `at_most`, or at once when wake() was called meanwhile. Never throws.
    virtual Word wait(std::chrono::milliseconds at_most) = 0;
    // From any thread.
    virtual void wake() = 0;
};

// The database: a pool of readers and the writer.
class Database {
  public:
    static std::unique_ptr<Database> open(const Options& options);
    virtual ~Database() = default;
    virtual Dialect dialect() const = 0;
    virtual const Options& options() const = 0;

    // A consistent snapshot: everything read inside belongs together, a read inside it on the same thread too. Must not
    // write.
    virtual void read(const std::function<void(Connection&)>& body) = 0;
    // Durable when it returns. The body may run twice (group commit on SQLite; serialization failures on PostgreSQL are
    // retried), so it must have no effect but through the transaction. What it throws is rethrown; nothing is then
    // changed. A write inside a write of the same database throws Error(internal, "nested-write"). Returns a moment
    // between the commit and the return: who begins to read later sees what was written.
    virtual Moment write(const std::function<void(Transaction&)>& body) = 0;

    // Convenience with a result.
    template <class F>
    auto reading(F&& f) {
        std::optional<decltype(f(std::declval<Connection&>()))> result;
        read([&](Connection& c) { result.emplace(f(c)); });
        return std::move(*result);
    }
    template <class F>
    auto writing(F&& f) {
        std::optional<decltype(f(std::declval<Transaction&>()))> result;
        write([&](Transaction& t) { result.emplace(f(t)); });
        return std::move(*result);
    }

    // SQLite: a snapshot by the online backup, safe while others write, under a seal (src/db/seal.hpp). PostgreSQL:
    // throws Error(conflict, "use-pg-dump").
    virtual void backup_to(const std::string& file) = 0;
    // Rows changed by the writes that were committed, all connections together.
    virtual std::int64_t rows_written() const = 0;
    // Of this object alone: those that stand before another know nothing.
    virtual Activity activity() const { return {}; }

    // PostgreSQL: what other processes tell, over a connection of its own, which is made anew when it is lost. SQLite:
    // nobody tells anything.
    virtual std::unique_ptr<News> news() = 0;
};

// ---- migrations (src/db/migrate.cpp) ----
struct Migration {
    int number;
    std::string name;  // "0001_content.sql"
    std::string sql;   // with @id@ @bytes@ @text@ @strict@
};
// schema/*.sql and schema/{sqlite,postgres}/*.sql that are embedded, in order.
std::vector<Migration> embedded_migrations(Dialect dialect);

struct SchemaStatus {
    int at = 0;  // 0 = empty database
    int wanted = 0;
    bool newer = false;                // made by a newer binary
    std::vector<std::string> changed;  // applied migrations whose checksum is not ours
};
SchemaStatus schema_status(Database& db);
SchemaStatus schema_status(Database& db, std::span<const Migration> migrations);
// Applies what is missing, each in one transaction, recorded with its checksum. Refuses a newer or changed schema
// (Error conflict, "schema-newer" / "schema-changed"). Returns the names applied. Two nodes may do it at once.
std::vector<std::string> migrate(Database& db);
std::vector<std::string> migrate(Database& db, std::span<const Migration> migrations);
// The statements of a script, as the database understands them: tokens replaced, cut at each `;` that ends a line (not
// inside a CREATE TRIGGER, which ends with a line END;, and not between $$ and $$).
//   @id@     INTEGER PRIMARY KEY | BIGINT GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY
//   @int@    INTEGER | BIGINT          @bytes@  BLOB | BYTEA          @text@  TEXT | TEXT COLLATE "C"
//   @strict@ STRICT | nothing          @keyed@  STRICT, WITHOUT ROWID | nothing (tables with a composite key)
std::vector<std::string> statements_of(std::string_view script, Dialect dialect);

}  // namespace stele::db

#include "src/db/value.inl.hpp"
