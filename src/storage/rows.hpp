#pragma once
// Many rows of one table in few statements: "INSERT INTO table (columns) VALUES (…), (…) ending".
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
    void write(db::Transaction& t) const;

  private:
    std::string head_, row_, ending_;
    std::vector<db::Value> values_;
};

}  // namespace stele::storage
