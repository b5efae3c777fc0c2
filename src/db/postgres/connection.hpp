#pragma once
#include <libpq-fe.h>

#include <memory>
#include <string>

#include "src/db/db.hpp"
#include "src/db/postgres/wire.hpp"
#include "src/db/statement_cache.hpp"

namespace stele::db::postgres {

struct CloseResult {
    void operator()(PGresult* result) const { PQclear(result); }
};
using Result = std::unique_ptr<PGresult, CloseResult>;

// How to connect, as PQconnectdbParams and PQconnectStartParams take it.
struct ConnectParameters {
    explicit ConnectParameters(const std::string& url);
    std::string conninfo;
    // Before dbname are defaults that the URL may override, after it what must hold.
    const char* keys[6] = {"connect_timeout", "tcp_user_timeout",          "dbname",
                           "client_encoding", "fallback_application_name", nullptr};
    const char* values[6] = {"5", "30000", conninfo.c_str(), "UTF8", "stele", nullptr};
};

class PgConnection final : public Connection {
  public:
    // Connects; throws Error(storage_unavailable, "unreachable").
    explicit PgConnection(const Options& options);
    ~PgConnection() override;

    Dialect dialect() const override { return Dialect::postgres; }

    // Begins a transaction with this statement. A connection that was lost while nobody used it is opened anew.
    void begin(const char* sql);
    // Throws what ended the transaction where a statement had failed; outcome_unknown where the answer was lost.
    void commit();
    void roll_back() noexcept;
    // It can be lent again: connected, in no transaction, and never refused as read-only: the server that takes writes
    // may be another one by now.
    bool usable() const;
    const std::exception_ptr& failure() const { return failure_; }
    // The transaction failed for a reason that may be gone at the next try.
    bool worth_another_try() const { return worth_another_try_; }

  protected:
    void do_query(std::string_view sql, std::span<const Value> values, const std::function<void(Row)>& each) override;
    std::int64_t do_execute(std::string_view sql, std::span<const Value> values) override;

  private:
    // One SQL text, prepared for the types of its values.
    struct Statement {
        struct Variant {
            std::vector<Oid> types;
            std::string name;
        };
        std::vector<Variant> variants;
    };

    void connect();
    void close();
    // What PQexec and its kin do, but in bounded time: a connection that does not answer is lost then. Null, or a
    // failed result, where it is lost.
    Result answer(int sent);
    Result run(const char* sql);
    const std::string& prepared(std::string_view sql, const Parameters& parameters);
    Result run_prepared(std::string_view sql, std::span<const Value> values);
    void must_succeed(const Result& result, std::string_view sql);

    const Options options_;
    PGconn* connection_ = nullptr;
    StatementCache<Statement> statements_;
    std::int64_t prepared_so_far_ = 0;
    bool worth_another_try_ = false;
    bool read_only_ = false;
};

}  // namespace stele::db::postgres
