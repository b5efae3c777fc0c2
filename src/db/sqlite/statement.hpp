#pragma once
// One prepared statement. The values are bound by name: SQLite numbers $1, $2… by their first appearance in the text.
#include <sqlite3.h>

#include <span>
#include <string_view>
#include <vector>

#include "src/db/db.hpp"
#include "src/db/row.hpp"

namespace stele::db::sqlite {

class Statement final : public RowImpl {
  public:
    // Throws Error(internal, "statement") for text that is not exactly one statement with the parameters $1…$n.
    Statement(sqlite3* db, std::string_view sql);
    ~Statement() override;
    Statement(const Statement&) = delete;
    Statement& operator=(const Statement&) = delete;

    // The values must live until reset().
    void bind(std::span<const Value> values);
    // True with a row, false at the end.
    bool step();
    void reset();
    bool in_use() const { return in_use_; }
    bool reads_only() const { return sqlite3_stmt_readonly(statement_) != 0; }
    std::string_view sql() const { return sqlite3_sql(statement_); }

    bool is_null(int column) const override;
    std::int64_t integer(int column) const override;
    double real(int column) const override;
    std::string_view text(int column) const override;
    std::string_view bytes(int column) const override;

  private:
    void bind_one(int index, const Value& value);
    void check_type(int column, int type, std::string_view wanted) const;

    sqlite3* db_;
    sqlite3_stmt* statement_ = nullptr;
    std::vector<int> index_of_;  // [n - 1] is SQLite's number of $n
    bool in_use_ = false;
};

}  // namespace stele::db::sqlite
