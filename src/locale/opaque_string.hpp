#pragma once
#include <optional>
#include <string>
#include <string_view>

namespace stele::locale {

// A password as it is compared, by the OpaqueString profile (RFC 8265 section 4.2): spaces of any kind as U+0020, NFC,
// case and width kept. Absent for what nobody should type: empty, not UTF-8, controls, code points that mean nothing
// yet (another ICU might compose them otherwise). Joiners are taken, as emoji have them.
std::optional<std::string> opaque_string(std::string_view text);

}  // namespace stele::locale
