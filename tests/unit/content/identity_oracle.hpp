#pragma once
// Identity by the rule's words and nothing else: every step exhaustive, no limits, no shortcuts. For small documents.
#include "src/content/segment.hpp"

namespace stele::tests {

std::vector<std::optional<std::string>> oracle_ids(const std::vector<content::Known>& live,
                                                   const std::vector<content::Known>& retired,
                                                   const std::vector<content::Leaf>& now);

}  // namespace stele::tests
