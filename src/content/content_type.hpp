#pragma once
// Content types: which fields an article has besides title, summary and body. Values are in
// config/content-types/NAME.toml, whose comments describe the form.
//
// Shared fields do not depend on language; they are one JSON object per article:
//   text, markdown   a string                              date         "2018-06-20" (a calendar date, no time zone)
//   number           a number                              date-range   {"start": "2023-10-10", "end": "2023-10-11"}
//   list             an array of strings                   rows         an array of objects of plain values, or of
//   strings
// A date-range with `from` and `to` has no value of its own: it shows two date fields as one interval.
// Localized fields are segments with the id "fields.NAME"; only text and markdown can be localized, one segment each.
// Members that the type does not know are kept as they are, as shared fields.
#include <boost/json.hpp>
#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/error.hpp"

namespace stele::content {

enum class FieldKind { text, markdown, date, date_range, number, list, rows };
std::string_view name_of(FieldKind kind);  // "date-range", …
std::optional<FieldKind> field_kind_named(std::string_view name);

struct Field {
    std::string name;
    FieldKind kind = FieldKind::text;
    bool localized = false;
    bool required = false;             // of the source; a translation may lack what is not translated yet
    size_t max = 0;                    // code points of text and markdown, items of lists, rows
    std::vector<std::string> columns;  // of rows: the members an object may have; empty = any
    std::string from, to;              // of a derived date-range: the date fields it shows
    bool derived() const { return !from.empty(); }
};

// What a page shows for segments that have neither a translation nor a source text that may stand in.
enum class Missing { source, omit };

struct ContentType {
    std::string name;
    Missing missing = Missing::source;
    std::vector<Field> fields;  // in the order of the file, which is the order of forms and of segments
    const Field* find(std::string_view field) const;
};

struct DateRange {
    std::chrono::year_month_day start, end;
};

class ContentTypes {
  public:
    // Name → TOML text. Throws std::runtime_error that says which type and what is wrong. "page" has to be among them.
    static ContentTypes load(const std::map<std::string, std::string>& sources);
    // The built-in ones; those of `overrides` replace them by name or come beside them.
    static ContentTypes built_in(const std::map<std::string, std::string>& overrides = {});

    const ContentType* find(std::string_view name) const;
    const ContentType& find_or_page(std::string_view name) const;
    std::vector<std::string> names() const;  // in byte order

  private:
    std::map<std::string, ContentType, std::less<>> types_;
};

// Pointers are "/fields/NAME" (RFC 6901).
FieldErrors check_shared_fields(const ContentType& type, const boost::json::object& fields);
// `is_source`: required fields must have a text.
FieldErrors check_localized_fields(const ContentType& type, const boost::json::object& fields, bool is_source);

// The dates of a date-range field, derived or not; a missing end is the start. Absent when there is no (valid) start.
std::optional<DateRange> range_of(const Field& field, const boost::json::object& shared);

}  // namespace stele::content
