// The indexes of this process, by the stamp of what they were made from.
#include <list>
#include <mutex>

#include "src/terms/index.hpp"
#include "src/terms/rows.hpp"

namespace stele::terms {
namespace {

constexpr size_t kept_indexes = 32;

class Kept {
  public:
    std::shared_ptr<const Index> find(const std::string& stamp) {
        const std::lock_guard lock(mutex_);
        for (auto at = entries_.begin(); at != entries_.end(); ++at)
            if (at->first == stamp) {
                entries_.splice(entries_.begin(), entries_, at);
                return entries_.front().second;
            }
        return nullptr;
    }
    void put(const std::string& stamp, std::shared_ptr<const Index> index) {
        const std::lock_guard lock(mutex_);
        entries_.emplace_front(stamp, std::move(index));
        if (entries_.size() > kept_indexes) entries_.pop_back();
    }

  private:
    std::mutex mutex_;
    std::list<std::pair<std::string, std::shared_ptr<const Index>>> entries_;
};

Kept& kept() {
    static Kept indexes;
    return indexes;
}

}  // namespace

std::shared_ptr<const Index> index_of(db::Connection& c, const locale::Tag& source) {
    const auto stamp = read_stamp(c, source);
    if (stamp.empty()) return std::make_shared<const Index>(source, std::vector<Term>{});
    if (auto index = kept().find(stamp)) return index;
    auto index = std::make_shared<const Index>(source, read_terms(c, source));
    // A transaction may have seen a change between the two.
    if (read_stamp(c, source) == stamp) kept().put(stamp, index);
    return index;
}

}  // namespace stele::terms
