#pragma once
// What a form says its writer has seen.
#include "src/editing/editing.hpp"

namespace stele::studio {

inline editing::Expected expected_of(const editing::Version& v) {
    return editing::Expected::of(v.translation, v.source);
}

}  // namespace stele::studio
