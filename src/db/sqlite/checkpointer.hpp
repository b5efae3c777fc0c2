#pragma once
// Moves the pages of the WAL into the database on a thread of its own, so that no commit waits for it.
#include <condition_variable>
#include <memory>
#include <mutex>
#include <thread>

#include "src/db/sqlite/connection.hpp"

namespace stele::db::sqlite {

class Checkpointer {
  public:
    // `grown_far` is called on this thread when the WAL is long although all of it could be moved: under steady writing
    // it never starts over by itself, that takes a moment without a writer.
    Checkpointer(const Place& place, const Options& options, std::function<void()> grown_far);
    ~Checkpointer();

    // The WAL has so many pages now.
    void notice(int pages);
    void stop();
    void add_to(Activity& activity) const;

  private:
    void run();
    void checkpoint();
    std::unique_ptr<SqliteConnection> open() const;

    const std::function<void()> grown_far_;
    const Place place_;
    const Options options_;
    std::unique_ptr<SqliteConnection> connection_;
    mutable std::mutex mutex_;
    std::condition_variable grown_;
    int pages_ = 0;
    int pages_at_last_ = 0;
    std::int64_t checkpoints_ = 0;
    bool stopping_ = false;
    std::thread thread_;  // last: it uses all of the above
};

// Empties the WAL file. Waits briefly for readers of old pages and leaves it to the next time when they stay.
void truncate_wal(SqliteConnection& writer, int busy_timeout_ms);

}  // namespace stele::db::sqlite
