#pragma once
// How much of what fits into an article. Characters are code points, the rest is bytes or items. (max_body_bytes is in
// markdown.hpp.)
#include <cstddef>

namespace stele::content {

inline constexpr size_t max_title_chars = 300;  // stored sort keys are cut at 1,024 bytes
inline constexpr size_t max_summary_chars = 2'000;
inline constexpr size_t max_key_bytes = 120;
inline constexpr size_t max_slug_bytes = 200;
inline constexpr size_t max_segments = 10'000;   // blocks of a body, and segments in one request
inline constexpr size_t max_reason_chars = 500;  // why a meaning did not change

inline constexpr size_t max_fields = 100;               // members of `fields`
inline constexpr size_t max_fields_bytes = 512 * 1024;  // all shared fields of an article as JSON
inline constexpr size_t max_field_name_bytes = 64;
inline constexpr size_t max_text_chars = 1'000;       // where a content type says nothing else: a field of kind text,
inline constexpr size_t max_markdown_chars = 20'000;  //   of kind markdown,
inline constexpr size_t max_list_items = 500;         //   items of a list,
inline constexpr size_t max_rows = 5'000;             //   rows
inline constexpr size_t max_row_columns = 20;

}  // namespace stele::content
