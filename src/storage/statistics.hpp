#pragma once
#include "src/db/db.hpp"

namespace stele::storage {

// PostgreSQL plans by statistics that autovacuum renews up to a minute late, and of a generation that they do not know
// it expects no rows: lists would be hashed and sorted as a whole until then. SQLite's plans do not depend on them.
void renew_statistics(db::Database& db);

}  // namespace stele::storage
