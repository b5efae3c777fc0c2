#include "server/delivery/cache.hpp"

#include <xxhash.h>

#include <algorithm>

#include "server/delivery/keys.hpp"

namespace stele::delivery {
namespace {

// Two keys that share a place drop each other: now and then an answer is made once more than it had to be.
constexpr std::uint32_t table_size = 1 << 15;
constexpr std::size_t shard_bytes = 4 << 20;
constexpr std::size_t most_shards = 16;
constexpr std::size_t bytes_of_keeping = 256;  // nodes of the list and the map, allocations' own

std::uint32_t place_of(std::string_view key) { return std::uint32_t(XXH3_64bits(key.data(), key.size()) % table_size); }

struct Hash {
    using is_transparent = void;
    std::size_t operator()(std::string_view name) const { return XXH3_64bits(name.data(), name.size()); }
};

}  // namespace

struct Cache::Shard {
    struct Item {
        std::string name;
        std::shared_ptr<Kept> kept;
        std::size_t bytes;
    };
    using List = std::list<Item>;  // the one asked for last comes first

    mutable std::mutex mutex;
    List list;
    std::unordered_map<std::string_view, List::iterator, Hash> by_name;  // names are the items' own
    std::size_t bytes = 0, most_bytes = 0;
    std::uint64_t hits = 0, misses = 0, added = 0, evicted = 0;

    // What is taken out is given back, to be destroyed outside the lock.
    void take_out(List::iterator item, List& out) {
        by_name.erase(item->name);
        bytes -= item->bytes;
        out.splice(out.end(), list, item);
    }
    void make_room(List& out) {
        while (bytes > most_bytes) {
            take_out(std::prev(list.end()), out);
            ++evicted;
        }
    }
};

namespace {

std::size_t size_of(std::string_view name, const Kept& kept) { return name.size() + kept.bytes() + bytes_of_keeping; }

}  // namespace

Cache::Cache(std::size_t bytes, Clock now)
    : most_bytes_(bytes),
      now_(std::move(now)),
      changed_(std::make_unique<std::atomic<Epoch>[]>(table_size)),
      changed_at_(micros(now_())) {
    const auto count = std::clamp<std::size_t>(bytes / shard_bytes, 1, most_shards);
    for (std::size_t i = 0; i < count; ++i) {
        shards_.push_back(std::make_unique<Shard>());
        shards_.back()->most_bytes = bytes / count;
    }
}

Cache::~Cache() = default;

// The lower bits choose the map's bucket.
Cache::Shard& Cache::shard_of(std::string_view name) const {
    return *shards_[(XXH3_64bits(name.data(), name.size()) >> 48) % shards_.size()];
}

std::vector<std::uint32_t> Cache::places(std::string_view keys) {
    std::vector<std::uint32_t> places;
    while (!keys.empty()) {
        const auto space = std::min(keys.find(' '), keys.size());
        if (space > 0) places.push_back(place_of(keys.substr(0, space)));
        keys.remove_prefix(std::min(space + 1, keys.size()));
    }
    return places;
}

bool Cache::is_true(const Kept& kept) const {
    if (cleared_.load(std::memory_order_acquire) > kept.made_at) return false;
    return std::none_of(kept.places.begin(), kept.places.end(), [&](std::uint32_t place) {
        return changed_[place].load(std::memory_order_acquire) > kept.made_at;
    });
}

void Cache::drop(std::span<const std::string> keys) {
    if (keys.empty()) return;
    if (std::find(keys.begin(), keys.end(), site_key) != keys.end()) return clear();
    const std::lock_guard lock(drop_mutex_);
    changed_at_.store(std::max(changed_at_.load(), micros(now_())));
    // First the epoch: what begins after it began after the change, and is true.
    const auto epoch = epoch_.fetch_add(1) + 1;
    for (const auto& key : keys) changed_[place_of(key)].store(epoch, std::memory_order_release);
    drops_.fetch_add(keys.size(), std::memory_order_relaxed);
}

void Cache::clear() {
    {
        const std::lock_guard lock(drop_mutex_);
        changed_at_.store(std::max(changed_at_.load(), micros(now_())));
        cleared_.store(epoch_.fetch_add(1) + 1, std::memory_order_release);
        drops_.fetch_add(1, std::memory_order_relaxed);
    }
    for (const auto& shard : shards_) {
        Shard::List out;
        const std::lock_guard lock(shard->mutex);
        // What began after the epoch was raised may be there already; it can be made again.
        shard->by_name.clear();
        shard->bytes = 0;
        out.swap(shard->list);
    }
}

std::shared_ptr<Kept> Cache::find(std::string_view name) {
    auto& shard = shard_of(name);
    Shard::List out;
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_name.find(name);
    if (found == shard.by_name.end()) return ++shard.misses, nullptr;
    const auto item = found->second;
    if (!is_true(*item->kept)) {
        shard.take_out(item, out);
        return ++shard.misses, nullptr;
    }
    ++shard.hits;
    if (item != shard.list.begin()) shard.list.splice(shard.list.begin(), shard.list, item);
    return item->kept;
}

std::shared_ptr<Kept> Cache::look(std::string_view name) const {
    const auto& shard = shard_of(name);
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_name.find(name);
    if (found == shard.by_name.end() || !is_true(*found->second->kept)) return nullptr;
    return found->second->kept;
}

bool Cache::keep(std::string_view name, std::shared_ptr<Kept> kept) {
    auto& shard = shard_of(name);
    const auto bytes = size_of(name, *kept);
    if (bytes > shard.most_bytes / 2 || !is_true(*kept)) return false;
    Shard::List out;
    const std::lock_guard lock(shard.mutex);
    if (const auto found = shard.by_name.find(name); found != shard.by_name.end()) {
        if (found->second->kept->made_at > kept->made_at && is_true(*found->second->kept)) return false;
        shard.take_out(found->second, out);
    }
    shard.list.push_front({std::string(name), std::move(kept), bytes});
    shard.by_name.emplace(shard.list.front().name, shard.list.begin());
    shard.bytes += bytes;
    ++shard.added;
    shard.make_room(out);
    return true;
}

bool Cache::weigh(std::string_view name, const Kept& kept) {
    auto& shard = shard_of(name);
    Shard::List out;
    const std::lock_guard lock(shard.mutex);
    const auto found = shard.by_name.find(name);
    if (found == shard.by_name.end() || found->second->kept.get() != &kept) return false;
    auto& item = *found->second;
    const auto bytes = size_of(name, kept);
    shard.bytes += bytes - item.bytes;
    item.bytes = bytes;
    if (bytes > shard.most_bytes / 2) shard.take_out(found->second, out);
    shard.make_room(out);
    return true;
}

Cache::Counts Cache::counts() const {
    Counts counts{.drops = drops_.load(std::memory_order_relaxed), .most_bytes = most_bytes_};
    for (const auto& shard : shards_) {
        const std::lock_guard lock(shard->mutex);
        counts.hits += shard->hits;
        counts.misses += shard->misses;
        counts.kept += shard->added;
        counts.evicted += shard->evicted;
        counts.entries += shard->list.size();
        counts.bytes += shard->bytes;
    }
    return counts;
}

}  // namespace stele::delivery
