#pragma once
// Rows in a CSV file (RFC 4180): UTF-8, a comma (or another sign that parts cells), a header row with the names of the
// columns, "" for a quote inside quotes.
#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

namespace stele::exchange {

// An array of objects of texts. Throws BadFile: not UTF-8, an open quote, a row with more or fewer cells than the
// header, a column without a name or named twice, over content::max_rows or max_row_columns. Line 0: not UTF-8.
boost::json::array parse_csv(std::string_view bytes, char separator = ',');

// Absent where the rows are no table of texts: that has to stand in the front matter. `former` gives the order of the
// columns and the line end.
std::optional<std::string> to_csv(const boost::json::value& rows, std::string_view former);

}  // namespace stele::exchange
