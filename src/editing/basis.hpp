#pragma once
// The source's wording that a text was made from, or is said to stand for.
#include <optional>
#include <string>

#include "src/editing/history.hpp"
#include "src/editing/work.hpp"

namespace stele::editing {

struct Basis {
    content::Hash exact, meaning;
    std::string text;
};

// The source as it was at version `s`; absent when that is what it is now.
std::optional<Past> find_past_source(db::Connection& c, const Source& source, std::int64_t s);

// Of a segment, or of the whole body, in the source as it was then (absent: as it is). Absent when it was not there.
std::optional<Basis> find_basis(const Source& source, const std::optional<Past>& then, const std::string& id);

}  // namespace stele::editing
