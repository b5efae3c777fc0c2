#include "src/storage/rows.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "src/storage/many.hpp"

namespace stele::storage {

Rows::Rows(std::string_view table, std::string_view columns, std::string_view ending)
    : head_(fmt::format("INSERT INTO {} ({}) VALUES ", table, columns)),
      row_("(?"),
      ending_(fmt::format(" {}", ending)) {
    for (auto commas = std::count(columns.begin(), columns.end(), ','); commas > 0; --commas) row_ += ", ?";
    row_ += ")";
}

void Rows::write(db::Transaction& t) const { run_many(*t, {.head = head_, .row = row_, .tail = ending_}, values_); }

}  // namespace stele::storage
