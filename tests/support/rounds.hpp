#pragma once
// How many rounds a property test makes: STELE_ROUNDS, where it is set.
#include <cstdlib>

namespace stele::testing {

inline int usual_rounds(int usual) {
    const char* asked = std::getenv("STELE_ROUNDS");
    return asked ? std::atoi(asked) : usual;
}

}  // namespace stele::testing
