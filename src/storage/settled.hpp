#pragma once
// How far the log of changes is complete: for whoever reads it once, in its order, and remembers a position in the
// database. On PostgreSQL positions become visible out of order (change_log.hpp); one is settled when every transaction
// has ended that may have taken a smaller one.
#include <cstdint>
#include <optional>

#include "src/db/db.hpp"

namespace stele::storage {

class SettledLog {
  public:
    // The highest position known to be settled; 0 before any is. Asks the database, which must not be in a read: what
    // has ended since a read began does not show in it.
    std::int64_t settled(db::Database& db);

  private:
    struct Seen {
        std::int64_t position;
        std::int64_t next_transaction;  // began after it was seen
    };
    std::optional<Seen> seen_;
    std::int64_t settled_ = 0;
};

}  // namespace stele::storage
