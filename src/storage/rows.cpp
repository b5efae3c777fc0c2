#include "src/storage/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

namespace stele::storage {

std::string placeholders(size_t from, size_t count) {
    std::string text;
    for (size_t i = 0; i < count; ++i) text += fmt::format("{}${}", i ? ", " : "", from + i);
    return text;
}

Rows::Rows(std::string_view table, std::string_view columns, std::string_view ending)
    : head_(fmt::format("INSERT INTO {} ({}) VALUES ", table, columns)),
      ending_(ending),
      width_(1 + size_t(std::count(columns.begin(), columns.end(), ','))) {}

void Rows::write(db::Transaction& t) const {
    constexpr size_t max_rows = 64;
    const size_t rows = values_.size() / width_;
    for (size_t at = 0; at < rows; at += max_rows) {
        const size_t count = std::min(max_rows, rows - at);
        std::string sql = head_;
        for (size_t row = 0; row < count; ++row)
            sql += fmt::format("{}({})", row ? ", " : "", placeholders(1 + row * width_, width_));
        sql += " " + ending_;
        t->execute(sql, std::span(values_).subspan(at * width_, count * width_));
    }
}

}  // namespace stele::storage
