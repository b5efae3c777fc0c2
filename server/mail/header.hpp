#pragma once
// Text in the header of a letter, which is ASCII there (RFC 5322, RFC 2047).
#include <string>
#include <string_view>

namespace stele::mail {

// As a subject: as it is where it is short and plain, else in encoded words of whole characters.
std::string header_text(std::string_view text);
// As the name before an address: as it is, quoted, or in encoded words. Never has '<'.
std::string display_name(std::string_view name);

}  // namespace stele::mail
