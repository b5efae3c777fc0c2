#include "src/content/translation.hpp"

#include <algorithm>

namespace stele::content {

Hash body_hash(std::vector<Hash> leaf_hashes) {
    std::sort(leaf_hashes.begin(), leaf_hashes.end());
    std::string joined;
    for (const auto& hash : leaf_hashes) joined += hash;
    return exact_hash(joined);
}

}  // namespace stele::content
