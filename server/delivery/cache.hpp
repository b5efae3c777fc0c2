#pragma once
// Answers that are kept for readers: bounded in bytes, the one that nobody has asked for longest goes first.
//
// Nothing is looked for when something changes. Each answer says which keys it is made of and at which epoch its making
// began; a change raises the epoch and writes it to its keys' places in a table; an answer one of whose keys has
// changed since is not found any more. So a change costs a few stores however much is kept, and an answer whose making
// began before the change is out of date whenever it arrives.
#include <atomic>
#include <cstdint>
#include <functional>
#include <list>
#include <memory>
#include <mutex>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "src/base/time.hpp"

namespace stele::delivery {

using Epoch = std::uint64_t;

// What the cache has to know of what it keeps.
struct Kept {
    virtual ~Kept() = default;
    virtual std::size_t bytes() const = 0;  // may grow: see Cache::weigh
    Epoch made_at = 0;                      // the epoch when its making began
    std::vector<std::uint32_t> places;      // of its keys: Cache::places
};

class Cache {
  public:
    // `bytes`: for all that is kept, with what keeping it takes. `now` dates what is made.
    explicit Cache(std::size_t bytes, Clock now = system_now);
    ~Cache();

    // Everything that carries one of the keys is gone when this returns, and what is being made now will not be kept.
    // "site" is everything.
    void drop(std::span<const std::string> keys);
    void clear();

    // What is kept under `name` and true; null where there is none.
    std::shared_ptr<Kept> find(std::string_view name);
    // The same for one who has been counted already, and as if nobody had asked.
    std::shared_ptr<Kept> look(std::string_view name) const;
    // False where it is not kept: out of date already, too large, or there is a younger one.
    bool keep(std::string_view name, std::shared_ptr<Kept> kept);
    // It has grown; false when it is not (or no longer) kept.
    bool weigh(std::string_view name, const Kept& kept);

    // The present epoch, for what begins to be made now.
    Epoch epoch() const { return epoch_.load(std::memory_order_acquire); }
    bool is_true(const Kept& kept) const;
    static std::vector<std::uint32_t> places(std::string_view keys);  // separated by spaces, as in Surrogate-Key
    // When something last changed that readers see, as far as is known here: at the latest when this cache was made,
    // since the templates may be others than before.
    Time changed_at() const { return time_of(changed_at_.load(std::memory_order_acquire)); }
    Time now() const { return now_(); }

    struct Counts {
        std::uint64_t hits = 0, misses = 0;
        std::uint64_t kept = 0;     // that found a place
        std::uint64_t evicted = 0;  // for want of room
        std::uint64_t drops = 0;    // keys dropped
        std::size_t entries = 0, bytes = 0, most_bytes = 0;
    };
    Counts counts() const;

  private:
    struct Shard;
    Shard& shard_of(std::string_view name) const;

    std::size_t most_bytes_;
    Clock now_;
    std::vector<std::unique_ptr<Shard>> shards_;
    std::unique_ptr<std::atomic<Epoch>[]> changed_;  // by place
    std::atomic<Epoch> epoch_ = 1;
    std::atomic<Epoch> cleared_ = 0;
    std::atomic<std::int64_t> changed_at_;
    std::atomic<std::uint64_t> drops_ = 0;
    std::mutex drop_mutex_;
};

}  // namespace stele::delivery
