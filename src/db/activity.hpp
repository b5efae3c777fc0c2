#pragma once
// What a database has done since it was opened and is doing now, for those who watch it.
#include <array>
#include <cstdint>

namespace stele::db {

struct Activity {
    // Of a pool of connections.
    struct Places {
        int all = 0, lent = 0, waiting = 0;
        std::int64_t refused = 0;  // that waited in vain
    };
    Places readers, writers;  // SQLite's one writer is no pool

    std::int64_t waiting = 0;  // SQLite: writes that no transaction has taken yet
    std::int64_t commits = 0;  // transactions that were made durable
    // By how many writes they held: 1, 2, up to 4, 8, 16, … 256, so on SQLite with its group commit.
    std::array<std::int64_t, 9> commits_by_writes{};
    std::int64_t writes = 0;       // in all of them
    std::int64_t checkpoints = 0;  // SQLite
    std::int64_t wal_pages = 0;    // SQLite: of the log after the last commit
};

}  // namespace stele::db
