#pragma once
// A fixed number of threads and a bounded queue before them. A full queue is an answer ("no"), not a wait: the caller
// is an event loop. Jobs of the slow lane, which may wait for others for long, never take all threads: one is kept for
// the quick ones, where there is more than one.
#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

namespace stele::http {

enum class Lane { quick, slow };

template <class Job>
class WorkerPool {
  public:
    // `run` must not throw. `limit`: jobs that wait, beside those that run.
    WorkerPool(std::size_t threads, std::size_t limit, std::function<void(Job&)> run)
        : limit_(limit), most_slow_(threads > 1 ? threads - 1 : 1), run_(std::move(run)) {
        for (std::size_t i = 0; i < threads; ++i) threads_.emplace_back([this] { work(); });
    }
    ~WorkerPool() { stop(); }
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    // False when the queue is full or the pool has stopped; `job` is left as it was then.
    bool submit(Job& job, Lane lane) {
        {
            const std::lock_guard lock(mutex_);
            const auto free = most_slow_ - slow_;
            const auto at_once = lane == Lane::slow ? std::min(idle_, free) : idle_;
            if (stopped_ || size() >= limit_ + at_once) return false;
            (lane == Lane::slow ? slow_queue_ : quick_queue_).push_back({++arrived_, std::move(job)});
        }
        ready_.notify_one();
        return true;
    }

    std::size_t waiting() const {
        const std::lock_guard lock(mutex_);
        return size();
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
        quick_queue_.clear();
        slow_queue_.clear();
    }

  private:
    struct Waiting {
        std::uint64_t number;  // in the order of arrival
        Job job;
    };
    using Queue = std::deque<Waiting>;

    std::size_t size() const { return quick_queue_.size() + slow_queue_.size(); }

    // Whose turn it is, as far as a thread may take it; null when there is none.
    Queue* next() {
        const bool slow = !slow_queue_.empty() && slow_ < most_slow_;
        if (quick_queue_.empty()) return slow ? &slow_queue_ : nullptr;
        return slow && slow_queue_.front().number < quick_queue_.front().number ? &slow_queue_ : &quick_queue_;
    }

    void work() {
        std::unique_lock lock(mutex_);
        while (true) {
            ++idle_;
            ready_.wait(lock, [this] { return stopped_ || next(); });
            --idle_;
            if (stopped_) return;
            auto* queue = next();
            const bool slow = queue == &slow_queue_;
            Job job = std::move(queue->front().job);
            queue->pop_front();
            slow_ += slow;
            lock.unlock();
            run_(job);
            lock.lock();
            slow_ -= slow;
        }
    }

    std::size_t limit_;
    std::size_t most_slow_;
    std::function<void(Job&)> run_;
    mutable std::mutex mutex_;
    std::condition_variable ready_;
    Queue quick_queue_;
    Queue slow_queue_;
    std::uint64_t arrived_ = 0;
    std::size_t slow_ = 0;  // jobs of that lane that run
    std::size_t idle_ = 0;
    bool stopped_ = false;
    std::vector<std::thread> threads_;
};

}  // namespace stele::http
