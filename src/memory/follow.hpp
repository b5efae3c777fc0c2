#pragma once
// Keeps the memory as the translations are: reads the log of changes beside the saves, in its order, and remembers in
// the database how far it came. So a save costs nothing more, a database that was imported, restored or upgraded fills
// the memory by itself, and what is stopped goes on where it was.
//
// One process does it at a time (a lease in the database); a write that another made meanwhile is noticed by the
// position, so that a lease that ran out while its holder was slow does no harm.
#include <chrono>
#include <string>

#include "src/memory/units.hpp"
#include "src/storage/settled.hpp"
#include "src/storage/store.hpp"

namespace stele::memory {

class Follower {
  public:
    // `name`: another one for each process.
    explicit Follower(std::string name) : name_(std::move(name)) {}

    struct Step {
        bool more = false;  // there is more to read at once
        std::int64_t added = 0, removed = 0;
    };
    // Takes in some changes: at most about 50 units a write, so that no save waits for long.
    Step step(const Store& store);

  private:
    struct Batch;
    bool is_mine(const Store& store);
    Batch read(db::Connection& c, const Store& store, std::int64_t settled) const;
    bool write(const Store& store, const Batch& batch);

    std::string name_;
    storage::SettledLog log_;
    std::int64_t position_ = 0;
};

// What the translations say is done with the memory, whatever it holds: what is to be added and removed.
struct Difference {
    std::vector<NewUnit> added;
    std::vector<Unit> removed;
};
// Into one locale, or (absent) into all.
Difference difference(db::Connection& c, const Store& store, ArticleId id, const std::optional<locale::Tag>& locale);

}  // namespace stele::memory
