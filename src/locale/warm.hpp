#pragma once
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::locale {

// Fills the calling thread's caches for these locales. ICU's first date in a process takes some 30 ms and a new
// formatter 50 µs: a worker thread pays that before it takes requests, not during its first ones.
void warm_thread(const std::vector<Tag>& tags);

}  // namespace stele::locale
