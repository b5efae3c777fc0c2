#pragma once
// Removing what is old, beside everybody else's work.
#include <string_view>

#include "src/base/time.hpp"
#include "src/db/db.hpp"

namespace stele::storage {

// Rows of a table. `old`: a condition on $1, a time, that an index answers.
struct OldRows {
    std::string_view table, key, old;
};
// Looks before it writes, and deletes in transactions of at most 1,000 rows each: a write that finds nothing to do
// costs a commit all the same, and a long one holds up all others.
void delete_old(db::Database& database, const OldRows& rows, Time time);

}  // namespace stele::storage
