#include "src/db/sqlite/writer.hpp"

#include <bit>

#include "src/db/driver.hpp"
#include "src/db/sqlite/error.hpp"

namespace stele::db::sqlite {
namespace {

constexpr size_t waiting_at_most = 4096;
// A longer batch delays its first writer for little: one sync is already shared by so many.
constexpr size_t batch_at_most = 256;

bool spends_connection(const std::exception_ptr& thrown) {
    try {
        std::rethrow_exception(thrown);
    } catch (const Error& error) {
        return wants_new_connection(error);
    } catch (...) {
        return false;
    }
}

}  // namespace

Writer::Writer(const Database& database, const Place& place, const Options& options, std::function<void(int)> committed)
    : database_(database),
      patience_(options.busy_timeout_ms),
      committed_(std::move(committed)),
      place_(place),
      options_(options),
      connection_(open(SqliteConnection::Role::first_writer)) {
    thread_ = std::thread([this] { run(); });
}

Writer::~Writer() { stop(); }

std::unique_ptr<SqliteConnection> Writer::open(SqliteConnection::Role role) {
    auto opened = std::make_unique<SqliteConnection>(place_, role, options_);
    sqlite3_wal_hook(opened->handle(), &Writer::after_commit, this);
    return opened;
}

void Writer::renew_connection() try {
    connection_ = open(SqliteConnection::Role::writer);
    connection_is_spent_ = false;
} catch (const Error&) {
    // Not yet: who writes now is told by the old one, in the same words.
}

void Writer::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    arrived_.notify_one();
    if (thread_.joinable()) thread_.join();
}

Writer::Committed Writer::write(const Body& body) {
    auto task = std::make_unique<Task>();
    task->body = &body;
    auto answer = task->answer.get_future();
    {
        std::unique_lock lock(mutex_);
        const auto fits = [&] { return waiting_.size() < waiting_at_most; };
        if (!taken_.wait_for(lock, patience_, fits)) throw Error(ErrorCode::overloaded);
        waiting_.push_back(std::move(task));
    }
    arrived_.notify_one();
    return answer.get();
}

size_t Writer::waiting() const {
    std::lock_guard lock(mutex_);
    return waiting_.size();
}

void Writer::count_commit(size_t writes) {
    writes_ += std::int64_t(writes);
    // Classes: up to 1, 2, 4, 8, …
    ++commits_[std::min(commits_.size() - 1, size_t(std::bit_width(writes - 1)))];
}

void Writer::add_to(Activity& activity) const {
    activity.waiting = std::int64_t(waiting());
    activity.writes = writes_;
    for (size_t i = 0; i < commits_.size(); ++i) {
        activity.commits_by_writes[i] = commits_[i];
        activity.commits += commits_[i];
    }
}

void Writer::between_batches(Upkeep upkeep) {
    {
        std::lock_guard lock(mutex_);
        upkeep_.push_back(std::move(upkeep));
    }
    arrived_.notify_one();
}

void Writer::run() {
    while (true) {
        std::vector<Upkeep> upkeep;
        auto batch = next_batch(upkeep);
        if (batch.empty() && upkeep.empty()) return;
        if (!batch.empty()) run_batch(batch);
        for (const auto& work : upkeep) work(*connection_);
    }
}

// Empty only when the writer is to stop.
Writer::Batch Writer::next_batch(std::vector<Upkeep>& upkeep) {
    std::unique_lock lock(mutex_);
    arrived_.wait(lock, [&] { return !waiting_.empty() || !upkeep_.empty() || stopping_; });
    Batch batch;
    while (!waiting_.empty() && batch.size() < batch_at_most) {
        batch.push_back(std::move(waiting_.front()));
        waiting_.pop_front();
    }
    upkeep.swap(upkeep_);
    lock.unlock();
    taken_.notify_all();
    return batch;
}

void Writer::run_batch(Batch& batch) {
    if (connection_is_spent_) renew_connection();
    try {
        run_together(batch);
    } catch (...) {
        // BEGIN or COMMIT failed: nothing was written, or nobody knows (outcome_unknown), and nobody is told otherwise.
        // Neither are those whose own body had thrown: what they saw may have been the writes of others in this batch.
        connection_->roll_back();
        for (auto& task : batch) task->error = std::current_exception();
    }
    answer(batch);
}

void Writer::run_together(Batch& batch) {
    // Whoever is alone needs no savepoint. One costs more the longer a write is: SQLite keeps the pages changed within
    // it in a list, and walks that list after each of its statements of several rows.
    if (batch.size() == 1) return run_alone(*batch.front());
    connection_->control("BEGIN IMMEDIATE");
    for (auto& task : batch) {
        if (run_in_savepoint(*task)) continue;
        // https://www.sqlite.org/lang_transaction.html#response_to_errors_within_a_transaction: some errors roll back
        // everything. Each then runs again for itself, those too that had an answer, since it may rest on what is gone.
        for (auto& each : batch) run_alone(*each);
        return;
    }
    connection_->control("COMMIT");
    count_commit(batch.size());
}

void Writer::run_alone(Task& task) {
    try {
        connection_->control("BEGIN IMMEDIATE");
        run_body(task);
        connection_->control("COMMIT");
        count_commit(1);
    } catch (...) {
        task.error = std::current_exception();
    }
    connection_->roll_back();
}

bool Writer::run_in_savepoint(Task& task) {
    try {
        connection_->control("SAVEPOINT one_write");
        run_body(task);
        connection_->control("RELEASE one_write");
        return true;
    } catch (...) {
        task.error = std::current_exception();
    }
    if (!connection_->in_transaction()) return false;
    try {
        connection_->control("ROLLBACK TO one_write");
        connection_->control("RELEASE one_write");
        return true;
    } catch (...) {
        connection_->roll_back();
        return false;
    }
}

void Writer::run_body(Task& task) {
    task.error = nullptr;
    task.actions.clear();
    connection_->forget_failure();
    const auto rows_before = connection_->rows_written();
    const InsideWrite inside(database_);
    Transaction transaction(*connection_);
    (*task.body)(transaction);
    // A body that swallowed the error of a statement must not commit the rest.
    if (connection_->failure()) std::rethrow_exception(connection_->failure());
    task.rows = connection_->rows_written() - rows_before;
    task.actions = std::move(transaction.actions());
}

void Writer::answer(Batch& batch) {
    for (auto& task : batch) {
        if (!task->error) rows_written_ += task->rows;
        if (task->error && spends_connection(task->error)) connection_is_spent_ = true;
    }
    const auto now = std::chrono::steady_clock::now();
    for (auto& task : batch) {
        if (task->error)
            task->answer.set_exception(task->error);
        else
            task->answer.set_value({std::move(task->actions), now});
    }
}

int Writer::after_commit(void* writer, sqlite3*, const char*, int pages) {
    static_cast<Writer*>(writer)->committed_(pages);
    return SQLITE_OK;
}

}  // namespace stele::db::sqlite
