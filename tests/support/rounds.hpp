#pragma once
// How many rounds a property test makes, and from which seed: STELE_ROUNDS and STELE_SEED, where they are set.
#include <boost/test/unit_test.hpp>
#include <chrono>
#include <cstdint>
#include <cstdlib>

namespace stele::testing {

inline int usual_rounds(int usual) {
    const char* asked = std::getenv("STELE_ROUNDS");
    return asked ? std::atoi(asked) : usual;
}

// Printed, so that what failed can be repeated. Of the clock where none is asked for: each run then looks elsewhere.
inline std::uint64_t first_seed() {
    const char* asked = std::getenv("STELE_SEED");
    const auto seed = asked ? std::strtoull(asked, nullptr, 10)
                            : std::uint64_t(std::chrono::system_clock::now().time_since_epoch().count() / 1000);
    BOOST_TEST_MESSAGE("STELE_SEED=" << seed);
    return seed;
}

}  // namespace stele::testing
