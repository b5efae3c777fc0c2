#pragma once
// Names that stand in URLs. Both answer absent when the name is good, else the catalog key of what is wrong with it.
#include <optional>
#include <string>
#include <string_view>

namespace stele::content {

// An article's key: lower-case ASCII letters, digits, '-', '_' and '.', at least one letter (a number is an id),
// letters or digits at both ends, at most max_key_bytes, not a reserved first segment. Keys stand in for slugs and for
// file names.
std::optional<std::string> check_key(std::string_view key);

// A slug: letters and digits of any script, '-', '_' and '.' inside, NFC, lower-case, at most max_slug_bytes, no '/',
// not a reserved first segment. That it is no enabled locale and not taken is the caller's to check.
std::optional<std::string> check_slug(std::string_view slug);

// First segments of paths that are the server's own.
bool is_reserved(std::string_view segment);

}  // namespace stele::content
