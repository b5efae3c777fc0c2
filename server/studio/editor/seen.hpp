#pragma once
// What a form says its writer has seen.
#include "src/base/number.hpp"
#include "src/editing/editing.hpp"

namespace stele::studio {

inline editing::Expected expected_of(const editing::Version& v) {
    return editing::Expected::of(v.translation, v.source);
}

// "T.S"; T is 0 of a translation that is not there.
inline editing::Expected seen_in(const std::string& text) {
    const auto dot = text.find('.');
    const auto own = number_from(text.substr(0, dot));
    const auto source = dot == std::string::npos ? std::nullopt : positive_from(text.substr(dot + 1));
    if (!own || *own < 0 || !source) throw Error(ErrorCode::malformed, "form");
    return editing::Expected::of(*own, *source);
}

}  // namespace stele::studio
