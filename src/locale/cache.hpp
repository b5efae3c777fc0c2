#pragma once
// A bounded cache of things that are dear to make and belong to one thread: ICU's formatters and collators are not
// shared between threads (ICU User Guide, "Thread Safety"), so each user of this keeps a thread_local one.
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

namespace stele::locale {

template <class Value>
class BoundedCache {
  public:
    explicit BoundedCache(size_t capacity) : capacity_(capacity) {}

    // Null when absent. Pointers and references hold until the next put() or get().
    Value* find(std::string_view key) {
        const auto at = entries_.find(key);
        if (at == entries_.end()) return nullptr;
        at->second.used = ++now_;
        return &at->second.value;
    }

    // The least recently used entry goes when the cache is full.
    Value& put(std::string_view key, Value value) {
        if (entries_.size() >= capacity_) evict();
        return entries_.insert_or_assign(std::string(key), Entry{std::move(value), ++now_}).first->second.value;
    }

    // The value under `key`, made by `make()` when absent.
    template <class Make>
    Value& get(std::string_view key, Make&& make) {
        if (Value* kept = find(key)) return *kept;
        return put(key, make());
    }

    size_t size() const { return entries_.size(); }

  private:
    struct Entry {
        Value value;
        std::uint64_t used;
    };
    struct Hash {
        using is_transparent = void;
        size_t operator()(std::string_view text) const noexcept { return std::hash<std::string_view>()(text); }
    };

    // Linear on purpose: capacities are tens, and what follows a miss costs far more.
    void evict() {
        auto oldest = entries_.begin();
        for (auto at = entries_.begin(); at != entries_.end(); ++at)
            if (at->second.used < oldest->second.used) oldest = at;
        entries_.erase(oldest);
    }

    size_t capacity_;
    std::uint64_t now_ = 0;
    std::unordered_map<std::string, Entry, Hash, std::equal_to<>> entries_;
};

}  // namespace stele::locale
