#include <atomic>
#include <random>
#include <thread>

#include "src/db/driver.hpp"
#include "src/db/pool.hpp"
#include "src/db/postgres/connection.hpp"
#include "src/db/postgres/news.hpp"

namespace stele::db {
namespace postgres {
namespace {

constexpr int tries_of_a_write = 8;

// So that two that met do not meet again in the same way.
void wait_before_try(int tried) {
    static thread_local std::minstd_rand random{std::random_device{}()};
    std::uniform_int_distribution<int> microseconds(0, 1000 << tried);
    std::this_thread::sleep_for(std::chrono::microseconds(microseconds(random)));
}

class PgDatabase final : public Database {
  public:
    explicit PgDatabase(const Options& options)
        : options_(options),
          readers_(options.readers, patience(), [this] { return std::make_unique<PgConnection>(options_); }),
          writers_(options.writers, patience(), [this] { return std::make_unique<PgConnection>(options_); }) {
        readers_.lend();  // a wrong address is said at once
    }

    Dialect dialect() const override { return Dialect::postgres; }
    const Options& options() const override { return options_; }
    void backup_to(const std::string&) override { throw Error(ErrorCode::conflict, "use-pg-dump"); }
    std::int64_t rows_written() const override { return rows_written_; }
    Activity activity() const override {
        Activity activity;
        activity.readers = readers_.places();
        activity.writers = writers_.places();
        activity.commits = activity.writes = activity.commits_by_writes[0] = commits_;
        return activity;
    }
    std::unique_ptr<News> news() override { return std::make_unique<PgNews>(options_.url); }

    void read(const std::function<void(Connection&)>& body) override {
        if (auto* outer = InsideRead::connection_of(*this)) return body(*outer);
        auto connection = readers_.lend();
        const Return back{connection};
        connection->begin("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
        {
            const InsideRead inside(*this, *connection);
            body(*connection);
        }
        if (connection->failure()) std::rethrow_exception(connection->failure());
    }

    Moment write(const std::function<void(Transaction&)>& body) override {
        refuse_nested_write(*this);
        const auto actions = committed(body);
        const auto now = std::chrono::steady_clock::now();
        run_all(actions);
        return now;
    }

  private:
    using Actions = std::vector<std::function<void()>>;
    using Lease = Pool<PgConnection>::Lease;

    // However a body ends, its connection is in no transaction when it goes back.
    struct Return {
        Lease& connection;
        ~Return() {
            connection->roll_back();
            if (!connection->usable()) connection.discard();
        }
    };

    std::chrono::milliseconds patience() const { return std::chrono::milliseconds(options_.busy_timeout_ms); }

    Actions committed(const std::function<void(Transaction&)>& body) {
        auto connection = writers_.lend();
        const Return back{connection};
        for (int tried = 1;; ++tried) {
            try {
                return once(*connection, body);
            } catch (...) {
                if (!connection->worth_another_try() || tried == tries_of_a_write) throw;
            }
            connection->roll_back();
            wait_before_try(tried);
        }
    }

    Actions once(PgConnection& connection, const std::function<void(Transaction&)>& body) {
        // READ COMMITTED is enough: a write begins with an UPDATE of its article's row, which lets the next one wait.
        // Not READ WRITE: a standby would answer that it does not know it (0A000), and not that it is read-only.
        connection.begin("BEGIN ISOLATION LEVEL READ COMMITTED");
        const auto rows_before = connection.rows_written();
        Transaction transaction(connection);
        {
            const InsideWrite inside(*this);
            body(transaction);
        }
        connection.commit();
        ++commits_;
        rows_written_ += connection.rows_written() - rows_before;
        return std::move(transaction.actions());
    }

    const Options options_;
    std::atomic<std::int64_t> rows_written_ = 0, commits_ = 0;
    Pool<PgConnection> readers_;
    Pool<PgConnection> writers_;
};

}  // namespace
}  // namespace postgres

std::unique_ptr<Database> open_postgres(const Options& options) {
    return std::make_unique<postgres::PgDatabase>(options);
}

}  // namespace stele::db
