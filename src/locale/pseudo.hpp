#pragma once
// The pseudo-locale en-XA, made from English: accents show what is not in the catalog, brackets what is cut off or put
// together from pieces, a third more letters what has too little room.
#include <string>
#include <string_view>

namespace stele::locale {

inline constexpr std::string_view pseudo_tag = "en-XA";

// "Save {count} texts" -> "[Šåṽé {count} ţéẋţš one two]". Arguments, plurals and what stands in angle brackets are left
// as they are. Throws std::runtime_error for what is no MessageFormat.
std::string pseudo_message(std::string_view pattern);
// A catalog's file, and the same with all messages so; notes for translators are left out.
std::string pseudo_file(std::string_view english_json);

}  // namespace stele::locale
