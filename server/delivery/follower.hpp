#pragma once
// Follows the log of changes and says at once what may not be shown any more: what this process itself has written,
// before whoever wrote it is answered; what other processes on the same database wrote, when they tell (PostgreSQL),
// within a quarter of a second otherwise.
#include <atomic>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <thread>

#include "server/delivery/keys.hpp"
#include "src/db/db.hpp"
#include "src/storage/change_log.hpp"

namespace stele::delivery {

class Follower {
  public:
    // Told the keys of what has changed, "site" for everything: on any thread, one call after another. Must not block.
    using Told = std::function<void(const Keys&)>;
    using Log = std::function<void(std::string_view line)>;

    // Has seen the log when it returns. `database` outlives it.
    Follower(db::Database& database, Told told, Log log = {});
    ~Follower();
    Follower(const Follower&) = delete;
    Follower& operator=(const Follower&) = delete;

    // Returns when all is told that was committed before `committed`. Those who call it at the same time share looks at
    // the log: one that began after a commit has seen it. Where the log cannot be read everything is told.
    void catch_up(db::Moment committed);

    struct Counts {
        std::uint64_t looks = 0, failures = 0;
        std::uint64_t changes = 0;  // entries seen
        std::int64_t settled = 0;   // the position before which nothing is missing
    };
    Counts counts() const;

  private:
    void run();
    // False where the log could not be read.
    bool look_since(db::Moment moment);
    bool look();
    void tell(const storage::LogNews& news);
    void count(std::size_t changes, bool failed);
    void report(const std::string& fault);

    db::Database& database_;
    const Told told_;
    const Log log_;
    storage::LogReader reader_;  // of whoever looks; so is the fault of the last look
    std::string fault_;

    mutable std::mutex mutex_;
    std::condition_variable looked_;
    db::Moment began_{};  // the last look that has ended
    bool is_looking_ = false;
    bool saw_ = false;  // that look could read the log
    Counts counts_;
    std::atomic<bool> begin_anew_ = false, stopping_ = false;

    std::unique_ptr<db::News> news_;
    std::thread thread_;  // last: it uses all of the above
};

}  // namespace stele::delivery
