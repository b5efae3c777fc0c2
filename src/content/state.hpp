#pragma once
// What is left to do on an edition, from counts alone.
#include <cstdint>
#include <optional>
#include <string_view>

namespace stele::content {

// The first that fits; the numbers are stored and order the worklist.
enum class State {
    untranslated = 0,  // no segment has a target
    incomplete = 1,    // some are missing
    outdated = 2,      // none is missing, some are outdated
    ready = 3,         // all are current; not published, or pending
    current = 4,       // all are current and published as they are
};

std::string_view name_of(State state);  // "untranslated", …
std::optional<State> state_named(std::string_view name);

// Of segments, or of words of the source's visible text.
struct Counts {
    std::int64_t total = 0, missing = 0, outdated = 0;
    friend bool operator==(const Counts&, const Counts&) = default;
};

// `pending`: the working text differs from what is published. A source's own edition comes with nothing missing or
// outdated.
State state_of(const Counts& segments, bool published, bool pending);

}  // namespace stele::content
