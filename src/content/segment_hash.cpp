#include <xxhash.h>

#include "src/content/destinations.hpp"
#include "src/content/segment.hpp"
#include "src/locale/text.hpp"

namespace stele::content {

Hash exact_hash(std::string_view bytes) {
    // The canonical form is the same bytes on every machine: hashes are stored.
    XXH128_canonical_t canonical;
    XXH128_canonicalFromHash(&canonical, XXH3_128bits(bytes.data(), bytes.size()));
    return Hash(reinterpret_cast<const char*>(canonical.digest), sizeof canonical.digest);
}

Hash meaning_hash(std::string_view text) {
    if (text.find_first_of("[<") == text.npos) return exact_hash(locale::normalize_space(text));
    return exact_hash(locale::normalize_space(without_destinations(text)));
}

}  // namespace stele::content
