#pragma once
#include <string>
#include <vector>

#include "src/editing/editing.hpp"

namespace stele::editing {

// These segments as they were in revision `n` of a translation: their texts, origins and bases; all else stays. What
// the source has no more is left as it is. Throws as restore_revision does, and conflict ("revision-of-source") for the
// source itself.
Saved restore_segments(const Store& store, ArticleId id, const locale::Tag& locale, std::int64_t n,
                       const std::vector<std::string>& segments, const Expected& expected, const Actor& actor);

}  // namespace stele::editing
