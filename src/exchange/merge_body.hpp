#pragma once
// Three-way merge of a body by its segments.
#include "src/exchange/merge.hpp"

namespace stele::exchange {

struct MergedBody {
    std::optional<std::string> whole;  // the body to save, or
    std::vector<editing::SegmentText> segments;
    std::vector<Conflict> conflicts;
};
MergedBody merge_body(const std::string* base, const Document& file, const Present& now, bool theirs);

}  // namespace stele::exchange
