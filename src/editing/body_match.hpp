#pragma once
// Which segment each leaf of a translated body is (DESIGN 8: against its own old body, else against the source).
#include <optional>
#include <string>
#include <vector>

#include "src/editing/history.hpp"
#include "src/editing/work.hpp"

namespace stele::editing {

struct MatchedBody {
    content::Body body;
    std::vector<std::string> slots;  // a segment id per leaf
    FieldErrors errors;              // leaves without a counterpart in the source
};
// `seen`: the translation as the writer saw it, where it has moved on. `lacks`: numbers (from 0) of the source's body
// segments that the file says it has no translation of.
MatchedBody match_body(const Source& source, const Work& work, const std::optional<Past>& seen,
                       std::string_view markdown, const std::optional<std::vector<size_t>>& lacks);

}  // namespace stele::editing
