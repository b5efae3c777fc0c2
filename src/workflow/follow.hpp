#pragma once
// From the log of changes to those who should know: a source that changed makes work in the locales that had it done,
// and a text that was published with nothing left to do ends its assignment.
#include "src/storage/store.hpp"

namespace stele::workflow {

// Takes the next part of the log, up to the position `settled`, below which nothing can appear any more
// (storage::LogReader). How far it came is kept in the database: each change is taken once, by whichever server. True
// where there is more.
bool follow_log(const Store& store, std::int64_t settled);

}  // namespace stele::workflow
