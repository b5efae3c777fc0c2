#pragma once
// Shared fields as a reader sees them: rows in the order of the reader's locale, dates in its words.
#include <boost/json.hpp>
#include <map>
#include <string>

#include "src/base/time.hpp"
#include "src/content/content_type.hpp"
#include "src/locale/tag.hpp"

namespace stele {

// What a row is listed and ordered by: its member `listed_as`, else its first; the row itself where it is a text.
std::string row_name(const boost::json::value& row);
// In the locale's order by row_name (UTS #10); equal ones stay as they were.
boost::json::array ordered_rows(const boost::json::array& rows, const locale::Tag& locale);
// All shared fields, those of kind rows ordered.
boost::json::object ordered_fields(const content::ContentType& type, const boost::json::object& shared,
                                   const locale::Tag& locale);

// Field name → "20. juni 2018" or "10.–11. oktober 2023": every date and date-range of the type that has a valid value.
std::map<std::string, std::string> formatted_dates(const content::ContentType& type, const boost::json::object& shared,
                                                   const locale::Tag& locale);
// The day of an instant, in UTC.
std::string formatted_day(Time t, const locale::Tag& locale);

}  // namespace stele
