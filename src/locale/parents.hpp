#pragma once
// The inheritance of CLDR (UTS 35 part 1, "Parent Locales") between tags.
#include <optional>
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::locale {

// One step up: private use, then variants, then CLDR's explicit parent (en-AU -> en-001, nn -> no, which is nb here),
// else without the region, then without the script where it is the language's likely one (zh-Hant has no parent).
// Absent at the root.
std::optional<Tag> parent_of(const Tag& tag);
// All steps, nearest first, without `tag`.
std::vector<Tag> parents_of(const Tag& tag);

}  // namespace stele::locale
