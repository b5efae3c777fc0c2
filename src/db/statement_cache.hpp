#pragma once
// Prepared statements by SQL text, the least recently used dropped first. An entry that is in use outlives its place
// here.
#include <list>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>

namespace stele::db {

template <class Statement>
class StatementCache {
  public:
    explicit StatementCache(size_t limit) : limit_(limit) {}

    // Null when it is not here.
    std::shared_ptr<Statement> find(std::string_view sql) {
        const auto found = by_sql_.find(sql);
        if (found == by_sql_.end()) return nullptr;
        order_.splice(order_.begin(), order_, found->second);
        return found->second->second;
    }

    void put(std::string_view sql, std::shared_ptr<Statement> statement) {
        if (order_.size() >= limit_) {
            by_sql_.erase(std::string_view(order_.back().first));
            order_.pop_back();
        }
        order_.emplace_front(std::string(sql), std::move(statement));
        by_sql_.emplace(order_.front().first,
                        order_.begin());  // the list's nodes, and so the keys, stay where they are
    }

    // What the next put() will drop; null while there is room.
    std::shared_ptr<Statement> last_when_full() const {
        return order_.size() < limit_ ? nullptr : order_.back().second;
    }

    void clear() {
        by_sql_.clear();
        order_.clear();
    }

  private:
    using Entry = std::pair<std::string, std::shared_ptr<Statement>>;
    const size_t limit_;
    std::list<Entry> order_;
    std::unordered_map<std::string_view, typename std::list<Entry>::iterator> by_sql_;
};

}  // namespace stele::db
