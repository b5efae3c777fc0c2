#include "src/db/sqlite/checkpointer.hpp"

#include "src/db/sqlite/error.hpp"

namespace stele::db::sqlite {
namespace {

constexpr int pages_between_checkpoints = 1'000;  // 4 MB
constexpr int pages_that_are_far = 16'000;        // 64 MB
constexpr int patience_with_readers_ms = 50;      // writers wait meanwhile

}  // namespace

Checkpointer::Checkpointer(const Place& place, const Options& options, std::function<void()> grown_far)
    : grown_far_(std::move(grown_far)), place_(place), options_(options), connection_(open()) {
    thread_ = std::thread([this] { run(); });
}

Checkpointer::~Checkpointer() { stop(); }

void Checkpointer::stop() {
    {
        std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    grown_.notify_one();
    if (thread_.joinable()) thread_.join();
}

void Checkpointer::notice(int pages) {
    {
        std::lock_guard lock(mutex_);
        pages_ = pages;
        if (pages_ < pages_at_last_) pages_at_last_ = 0;  // the WAL has started over
        if (pages_ - pages_at_last_ < pages_between_checkpoints) return;
    }
    grown_.notify_one();
}

void Checkpointer::add_to(Activity& activity) const {
    std::lock_guard lock(mutex_);
    activity.checkpoints = checkpoints_;
    activity.wal_pages = pages_;
}

void Checkpointer::run() {
    std::unique_lock lock(mutex_);
    while (true) {
        grown_.wait(lock, [&] { return stopping_ || pages_ - pages_at_last_ >= pages_between_checkpoints; });
        if (stopping_) return;
        pages_at_last_ = pages_;
        ++checkpoints_;
        lock.unlock();
        checkpoint();
        lock.lock();
    }
}

std::unique_ptr<SqliteConnection> Checkpointer::open() const {
    return std::make_unique<SqliteConnection>(place_, SqliteConnection::Role::writer, options_);
}

// A failure is not reported: nothing is lost, and the next commit meets the same disk and has somebody to tell.
void Checkpointer::checkpoint() try {
    if (!connection_) connection_ = open();
    int in_wal = 0;
    int moved = 0;
    const int code =
        sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, &in_wal, &moved);
    if (code == SQLITE_OK && in_wal >= pages_that_are_far) grown_far_();
    if (code != SQLITE_OK && wants_new_connection(error_from(connection_->handle(), code, {}))) connection_.reset();
} catch (const Error&) {
    // It cannot be opened now; perhaps the next time.
}

void truncate_wal(SqliteConnection& writer, int busy_timeout_ms) {
    sqlite3_busy_timeout(writer.handle(), patience_with_readers_ms);
    sqlite3_wal_checkpoint_v2(writer.handle(), nullptr, SQLITE_CHECKPOINT_TRUNCATE, nullptr, nullptr);
    sqlite3_busy_timeout(writer.handle(), busy_timeout_ms);
}

}  // namespace stele::db::sqlite
