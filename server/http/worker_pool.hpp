#pragma once
// A fixed number of threads and a queue before them, bounded in length and in time. A full queue is an answer ("no"),
// not a wait: the caller is an event loop.
#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "server/http/patience.hpp"

namespace stele::http {

template <class Job>
class WorkerPool {
  public:
    using Action = std::function<void(Job&)>;

    struct Setting {
        std::size_t threads;
        std::size_t limit;                                       // jobs that wait, beside those that run
        std::chrono::steady_clock::duration patience, standing;  // as Patience takes them
        int niceness;  // as of nice(2): how far its threads stand back where others want the processor
    };
    // Neither may throw. `refuse` is for a job that was taken and then has waited for too long; on a worker.
    WorkerPool(const Setting& setting, Action run, Action refuse)
        : limit_(setting.limit),
          niceness_(setting.niceness),
          patience_(setting.patience, setting.standing, setting.threads),
          run_(std::move(run)),
          refuse_(std::move(refuse)) {
        const auto threads = setting.threads;
        for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
    }
    ~WorkerPool() { stop(); }
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // False when the queue is full, whoever is first in it has waited for too long, as this one would have to, or the
    // pool has stopped; `job` is left as it was then.
    bool submit(Job& job) {
        const auto now = Patience::Clock::now();
        {
            const std::lock_guard lock(mutex_);
            const bool late = !queue_.empty() && now - queue_.front().since > patience_.limit();
            if (stopped_ || !patience_.lets_in(queue_.size(), now) || late || queue_.size() >= limit_ + idle_) {
                ++refused_;
                return false;
            }
            queue_.push_back({std::move(job), now});
        }
        ready_.notify_one();
        return true;
    }

    std::size_t waiting() const {
        const std::lock_guard lock(mutex_);
        return queue_.size();
    }
    // Jobs that were not run because of too many others, so far.
    std::uint64_t refused() const {
        const std::lock_guard lock(mutex_);
        return refused_;
    }

    // Finishes what runs, drops what waits.
    void stop() {
        {
            const std::lock_guard lock(mutex_);
            stopped_ = true;
        }
        ready_.notify_all();
        for (auto& thread : threads_) thread.join();
        threads_.clear();
        queue_.clear();
    }

  private:
    void work() {
        // On Linux the priority is each thread's own: setpriority(2), "C library/kernel differences".
        if (niceness_ != 0) ::setpriority(PRIO_PROCESS, id_t(::gettid()), niceness_);
        std::unique_lock lock(mutex_);
        while (true) {
            ++idle_;
            ready_.wait(lock, [this] { return stopped_ || !queue_.empty(); });
            --idle_;
            if (stopped_) return;
            auto [job, since] = std::move(queue_.front());
            queue_.pop_front();
            const bool late = is_late(since);
            if (late) ++refused_;
            lock.unlock();
            const auto began = Patience::Clock::now();
            (late ? refuse_ : run_)(job);
            lock.lock();
            if (!late) patience_.served(Patience::Clock::now() - began);
        }
    }

    bool is_late(Patience::Clock::time_point since) {
        const auto now = Patience::Clock::now();
        patience_.note(now - since, now);
        return now - since > patience_.limit();
    }

    struct Waiting {
        Job job;
        Patience::Clock::time_point since;
    };

    std::size_t limit_;
    int niceness_;
    Patience patience_;
    Action run_, refuse_;
    mutable std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Waiting> queue_;
    std::uint64_t refused_ = 0;
    std::size_t idle_ = 0;
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace stele::http
