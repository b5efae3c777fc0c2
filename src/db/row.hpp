#pragma once
// What a driver gives for the current row of a result.
#include <cstdint>
#include <string_view>

namespace stele::db {

class RowImpl {
  public:
    virtual ~RowImpl() = default;
    virtual bool is_null(int column) const = 0;
    // Each throws wrong_column() where the column is NULL or of another type.
    virtual std::int64_t integer(int column) const = 0;
    virtual double real(int column) const = 0;
    virtual std::string_view text(int column) const = 0;
    virtual std::string_view bytes(int column) const = 0;
};

// Error(internal, "column").
[[noreturn]] void wrong_column(int column, std::string_view wanted);

}  // namespace stele::db
