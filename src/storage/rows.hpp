#pragma once
// Many rows in one INSERT: "INSERT INTO table (columns) VALUES ($1, …), (…) ending".
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "src/db/db.hpp"

namespace stele::storage {

class Rows {
  public:
    // `columns` separated by ", "; `ending` such as "ON CONFLICT (a, b) DO UPDATE SET …" or "".
    Rows(std::string_view table, std::string_view columns, std::string_view ending);

    template <class... A>
    void add(const A&... values) {
        (values_.push_back(db::to_value(values)), ...);
    }
    bool empty() const { return values_.empty(); }
    // In statements of at most 64 rows, so that few different texts are prepared.
    void write(db::Transaction& t) const;

  private:
    std::string head_;
    std::string ending_;
    size_t width_;
    std::vector<db::Value> values_;
};

// "$from, $from+1, …" for an IN list of `count` values.
std::string placeholders(size_t from, size_t count);

}  // namespace stele::storage
