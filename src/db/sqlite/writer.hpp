#pragma once
// The one thread that writes, with group commit: all writes that wait are run in one transaction, a savepoint each,
// made durable by one COMMIT, and only then answered.
#include <atomic>
#include <condition_variable>
#include <deque>
#include <future>
#include <mutex>
#include <thread>

#include "src/db/sqlite/connection.hpp"

namespace stele::db::sqlite {

class Writer {
  public:
    using Body = std::function<void(Transaction&)>;
    using Actions = std::vector<std::function<void()>>;
    using Upkeep = std::function<void(SqliteConnection&)>;

    // Opens the connection on the calling thread, so that what is wrong with the file is thrown here. `committed` gets
    // the number of pages in the WAL after each commit, on the writer's thread.
    Writer(const Database& database, const Place& place, const Options& options, std::function<void(int)> committed);
    ~Writer();

    struct Committed {
        Actions actions;  // what is to be done after it
        Moment at;
    };
    // Returns when it is durable.
    Committed write(const Body& body);
    // Runs between two batches, outside any transaction. Must not throw.
    void between_batches(Upkeep upkeep);
    // Finishes what waits, then ends the thread.
    void stop();
    std::int64_t rows_written() const { return rows_written_; }
    // Writes that no batch has taken yet.
    size_t waiting() const;
    void add_to(Activity& activity) const;

  private:
    struct Task {
        const Body* body;
        std::promise<Committed> answer;
        Actions actions;
        std::exception_ptr error;
        std::int64_t rows = 0;
    };
    using Batch = std::vector<std::unique_ptr<Task>>;

    void run();
    Batch next_batch(std::vector<Upkeep>& upkeep);
    std::unique_ptr<SqliteConnection> open(SqliteConnection::Role role);
    void renew_connection();
    void run_batch(Batch& batch);
    void run_together(Batch& batch);
    void run_alone(Task& task);
    // False when SQLite has rolled the whole transaction back.
    bool run_in_savepoint(Task& task);
    void run_body(Task& task);
    void answer(Batch& batch);
    void count_commit(size_t writes);
    static int after_commit(void* writer, sqlite3*, const char*, int pages);

    const Database& database_;
    const std::chrono::milliseconds patience_;
    const std::function<void(int)> committed_;
    const Place place_;
    const Options options_;
    std::unique_ptr<SqliteConnection> connection_;
    bool connection_is_spent_ = false;
    std::atomic<std::int64_t> rows_written_ = 0;
    std::atomic<std::int64_t> writes_ = 0;
    std::array<std::atomic<std::int64_t>, std::tuple_size_v<decltype(Activity::commits_by_writes)>> commits_{};

    mutable std::mutex mutex_;
    std::condition_variable arrived_;
    std::condition_variable taken_;
    std::deque<std::unique_ptr<Task>> waiting_;
    std::vector<Upkeep> upkeep_;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace stele::db::sqlite
