#pragma once
#include "src/storage/store.hpp"

namespace stele::publishing {

// How many articles are published in the locale itself since then; at most `most`, beyond which nobody counts.
std::int64_t published_since(const Store& store, const locale::Tag& locale, Time since, int most = 1'000);

}  // namespace stele::publishing
