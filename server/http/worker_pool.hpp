#pragma once
// A fixed number of threads and a bounded queue before them. A full queue is an answer ("no"), not a wait: the caller
// is an event loop.
#include <sys/resource.h>
#include <unistd.h>

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace stele::http {

template <class Job>
class WorkerPool {
  public:
    // `run` must not throw. `limit`: jobs that wait, beside those that run.
    // `niceness` as of nice(2): how far its threads stand back where others want the processor.
    WorkerPool(std::size_t threads, std::size_t limit, std::function<void(Job&)> run, int niceness = 0)
        : limit_(limit), niceness_(niceness), run_(std::move(run)) {
        for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
    }
    ~WorkerPool() { stop(); }
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // False when the queue is full or the pool has stopped; `job` is left as it was then.
    bool submit(Job& job) {
        {
            const std::lock_guard lock(mutex_);
            if (stopped_ || queue_.size() >= limit_ + idle_) return false;
            queue_.push_back(std::move(job));
        }
        ready_.notify_one();
        return true;
    }

    std::size_t waiting() const {
        const std::lock_guard lock(mutex_);
        return queue_.size();
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
            Job job = std::move(queue_.front());
            queue_.pop_front();
            lock.unlock();
            run_(job);
            lock.lock();
        }
    }

    std::size_t limit_;
    int niceness_;
    std::function<void(Job&)> run_;
    mutable std::mutex mutex_;
    std::condition_variable ready_;
    std::deque<Job> queue_;
    std::size_t idle_ = 0;
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace stele::http
