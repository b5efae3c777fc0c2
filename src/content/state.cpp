#include "src/content/state.hpp"

#include <array>

namespace stele::content {
namespace {

constexpr std::array<std::string_view, 5> names = {"untranslated", "incomplete", "outdated", "ready", "current"};

}  // namespace

std::string_view name_of(State state) { return names[static_cast<size_t>(state)]; }

std::optional<State> state_named(std::string_view name) {
    for (size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return static_cast<State>(i);
    return std::nullopt;
}

State state_of(const Counts& segments, bool published, bool pending) {
    if (segments.missing > 0) return segments.missing == segments.total ? State::untranslated : State::incomplete;
    if (segments.outdated > 0) return State::outdated;
    return published && !pending ? State::current : State::ready;
}

}  // namespace stele::content
