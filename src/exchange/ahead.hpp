#pragma once
// Values made on other threads, a few ahead of the one that takes them in order.
#include <algorithm>
#include <condition_variable>
#include <exception>
#include <functional>
#include <map>
#include <mutex>
#include <thread>
#include <variant>
#include <vector>

namespace stele::exchange {

template <class T>
class Ahead {
  public:
    // make(0) … make(count - 1), each once, at most `window` of them not yet taken.
    Ahead(size_t count, size_t threads, size_t window, std::function<T(size_t)> make)
        : count_(count), window_(window), make_(std::move(make)) {
        try {
            for (size_t i = 0; i < std::min(threads, count); ++i) threads_.emplace_back([this] { run(); });
        } catch (...) {  // no thread is to be had: those there are would wait for ever
            stop();
            throw;
        }
    }
    ~Ahead() { stop(); }
    Ahead(const Ahead&) = delete;
    Ahead& operator=(const Ahead&) = delete;

    // The next one; rethrows what making it threw. At most `count` times.
    T take() {
        std::unique_lock lock(mutex_);
        changed_.wait(lock, [&] { return made_.contains(taken_); });
        auto made = std::move(made_.extract(taken_++).mapped());
        lock.unlock();
        changed_.notify_all();
        if (auto* fault = std::get_if<std::exception_ptr>(&made)) std::rethrow_exception(*fault);
        return std::get<T>(std::move(made));
    }

  private:
    using Made = std::variant<T, std::exception_ptr>;

    void stop() {
        {
            const std::lock_guard lock(mutex_);
            count_ = 0;
        }
        changed_.notify_all();
    }

    void run() {
        std::unique_lock lock(mutex_);
        for (;;) {
            changed_.wait(lock, [&] { return begun_ >= count_ || begun_ < taken_ + window_; });
            if (begun_ >= count_) return;
            const auto i = begun_++;
            lock.unlock();
            auto made = made_of(i);
            lock.lock();
            made_.emplace(i, std::move(made));
            changed_.notify_all();
        }
    }

    Made made_of(size_t i) const {
        try {
            return make_(i);
        } catch (...) {
            return std::current_exception();
        }
    }

    size_t count_;
    const size_t window_;
    const std::function<T(size_t)> make_;
    std::mutex mutex_;
    std::condition_variable changed_;
    std::map<size_t, Made> made_;
    size_t begun_ = 0, taken_ = 0;
    std::vector<std::jthread> threads_;  // last: they use all of the above
};

}  // namespace stele::exchange
