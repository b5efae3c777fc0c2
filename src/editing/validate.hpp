#pragma once
// What a text, a slug or a key must be like, as field errors with pointers into the request.
#include <string>
#include <string_view>

#include "src/base/error.hpp"
#include "src/editing/work.hpp"

namespace stele::editing {

// UTF-8 without NUL and other control characters; `lines`: may it have more than one line?
void check_text(FieldErrors& errors, const std::string& pointer, std::string_view text, size_t max_chars, bool lines);
// All members of Changes, by themselves. The body is only bounded and checked for its characters.
void check_changes(FieldErrors& errors, const Changes& changes);
// The mistake of a body with more blocks than an article may have; empty when there is none.
FieldErrors too_many_blocks(const content::Body& body);
// Its form, that it is no reserved word and no enabled locale.
void check_slug(FieldErrors& errors, const std::string& pointer, std::string_view slug, const storage::Site& site);
void check_key(FieldErrors& errors, const std::string& pointer, std::string_view key, const storage::Site& site);

// A slug or key made from a title (or, when nothing is left of that, from `otherwise`) that no article has yet.
// `is_free` says whether a candidate can be had.
std::string free_name(const std::string& title, const locale::Tag& locale, const std::string& otherwise,
                      const storage::Site& site, const std::function<bool(const std::string&)>& is_free);

// "/fields/NAME" (RFC 6901).
std::string field_pointer(std::string_view name);
// What cannot be kept as JSON: numbers beyond all bounds, from files that can write them.
void check_shared(FieldErrors& errors, const boost::json::object& fields);

}  // namespace stele::editing
