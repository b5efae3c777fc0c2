#pragma once
// Opaque positions in a list: the last row's key and id, the order's generation, and a check of the query they belong
// to.
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace stele::storage {

struct Cursor {
    std::int64_t generation = 0;
    std::string key;  // bytes: the sort key, or the decimal number that was sorted by
    std::int64_t id = 0;
};
// URL-safe base64 without padding. `query` describes the list (sort, filters); another query's cursor is refused.
std::string to_text(const Cursor& cursor, std::string_view query);
// Throws Error(malformed, "cursor") for junk or another query's, cursor_expired for another generation than
// `generation`.
Cursor cursor_from(std::string_view text, std::string_view query, std::int64_t generation);

}  // namespace stele::storage
