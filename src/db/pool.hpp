#pragma once
// A bounded pool of connections. The one returned last is lent first: its caches are warm.
#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <vector>

#include "src/base/error.hpp"
#include "src/db/activity.hpp"

namespace stele::db {

template <class T>
class Pool {
  public:
    class Lease {
      public:
        Lease(Pool& pool, std::unique_ptr<T> item) : pool_(&pool), item_(std::move(item)) {}
        Lease(Lease&& other) noexcept = default;
        Lease& operator=(Lease&&) = delete;
        ~Lease() {
            if (item_) pool_->take_back(std::move(item_));
        }
        T& operator*() { return *item_; }
        T* operator->() { return item_.get(); }
        // It is closed instead of being lent again.
        void discard() {
            item_.reset();
            pool_->take_back(nullptr);
        }

      private:
        Pool* pool_;
        std::unique_ptr<T> item_;
    };

    Pool(int size, std::chrono::milliseconds patience, std::function<std::unique_ptr<T>()> make)
        : size_(size < 1 ? 1 : size), patience_(patience), make_(std::move(make)) {}

    // Waits when all are lent; after the patience Error(storage_unavailable, "busy"). Where no other can be made (too
    // many connections, no descriptors) one that is lent may do; rethrows what making one throws where none comes back.
    Lease lend() {
        std::unique_lock lock(mutex_);
        ++waiting_;
        const bool free = returned_.wait_for(lock, patience_, [&] { return !idle_.empty() || made_ < size_; });
        --waiting_;
        if (!free) {
            ++refused_;
            throw Error(ErrorCode::storage_unavailable, "busy", {{"pool", std::int64_t(size_)}});
        }
        if (!idle_.empty()) return lend_idle();
        ++made_;
        lock.unlock();
        try {
            return Lease(*this, make_());
        } catch (...) {
            lock.lock();
            --made_;
            returned_.notify_all();
            const auto settled = [&] { return !idle_.empty() || made_ == 0; };
            if (!returned_.wait_for(lock, std::min(patience_, patience_without_room), settled) || idle_.empty()) throw;
            return lend_idle();
        }
    }

    Activity::Places places() const {
        std::lock_guard lock(mutex_);
        return {size_, made_ - static_cast<int>(idle_.size()), waiting_, refused_};
    }

    // Closes what is not lent.
    void clear() {
        std::lock_guard lock(mutex_);
        made_ -= static_cast<int>(idle_.size());
        idle_.clear();
    }

  private:
    // While a database is away nobody waits for long.
    static constexpr std::chrono::milliseconds patience_without_room{1'000};

    Lease lend_idle() {
        auto item = std::move(idle_.back());
        idle_.pop_back();
        return Lease(*this, std::move(item));
    }

    void take_back(std::unique_ptr<T> item) {
        const bool usable = item != nullptr;
        {
            std::lock_guard lock(mutex_);
            if (usable)
                idle_.push_back(std::move(item));
            else
                --made_;
        }
        // A place is of use to whoever makes one; that there is none left concerns all who wait for one to come back.
        usable ? returned_.notify_one() : returned_.notify_all();
    }

    const int size_;
    const std::chrono::milliseconds patience_;
    const std::function<std::unique_ptr<T>()> make_;
    mutable std::mutex mutex_;
    std::condition_variable returned_;
    std::vector<std::unique_ptr<T>> idle_;
    int made_ = 0;
    int waiting_ = 0;
    std::int64_t refused_ = 0;
};

}  // namespace stele::db
