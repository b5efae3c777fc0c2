// The indexes of this process, by the stamp of what they were made from.
#include <algorithm>
#include <list>
#include <mutex>

#include "src/terms/index.hpp"
#include "src/terms/rows.hpp"

namespace stele::terms {
namespace {

constexpr size_t kept_indexes = 32;

// One builder for each stamp; whoever else wants it waits for that one.
struct Entry {
    std::string stamp;
    std::mutex building;
    std::shared_ptr<const Index> index;  // null: not built yet
};

class Kept {
  public:
    std::shared_ptr<Entry> entry(const std::string& stamp) {
        const std::lock_guard lock(mutex_);
        auto at = std::ranges::find(entries_, stamp, [](const auto& entry) { return entry->stamp; });
        if (at == entries_.end()) {
            at = entries_.insert(entries_.begin(), std::make_shared<Entry>());
            (*at)->stamp = stamp;
            if (entries_.size() > kept_indexes) entries_.pop_back();
        }
        entries_.splice(entries_.begin(), entries_, at);
        return entries_.front();
    }

  private:
    std::mutex mutex_;
    std::list<std::shared_ptr<Entry>> entries_;  // the one asked for last is the first
};

Kept& kept() {
    static Kept indexes;
    return indexes;
}

}  // namespace

std::shared_ptr<const Index> index_of(db::Connection& c, const locale::Tag& source) {
    const auto stamp = read_stamp(c, source);
    if (stamp.empty()) return std::make_shared<const Index>(source, std::vector<Term>{});
    const auto entry = kept().entry(stamp);
    const std::lock_guard lock(entry->building);
    if (entry->index) return entry->index;
    auto index = std::make_shared<const Index>(source, read_terms(c, source));
    // A transaction may have seen a change between the two.
    if (read_stamp(c, source) == stamp) entry->index = index;
    return index;
}

}  // namespace stele::terms
