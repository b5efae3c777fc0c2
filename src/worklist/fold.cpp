#include "src/storage/tallies.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::worklist {
namespace {

constexpr int batch =
    10'000;  // rows a transaction takes away: other writes wait for it no longer than some milliseconds

bool anything_to_fold(db::Connection& c) {
    return c
        .one("SELECT 1 FROM tally GROUP BY locale, scope, generation, slot, type HAVING COUNT(*) > 1 LIMIT 1",
             [](const db::Row& row) { return row.integer(0); })
        .has_value();
}

// Only what this transaction took away itself comes back as a sum: two that fold at once cannot count a delta twice.
// The number of rows taken.
int fold_batch(db::Transaction& t, std::int64_t last) {
    std::vector<storage::Tally> taken;
    t->query(
        "DELETE FROM tally WHERE id IN (SELECT id FROM tally WHERE id <= $1 ORDER BY id LIMIT " +
            std::to_string(batch) +
            ") RETURNING locale, scope, generation, slot, type, articles, words_total, words_missing, words_outdated",
        std::vector<db::Value>{last}, [&](db::Row row) { taken.push_back(storage::tally_from(row)); });
    storage::append_tallies(*t, taken);
    return static_cast<int>(taken.size());
}

// The number of batches.
int fold_all(const Store& store) {
    std::optional<std::int64_t> last;
    store.db.read([&](db::Connection& c) {
        last.reset();
        if (anything_to_fold(c))
            last = c.one("SELECT MAX(id) FROM tally", [](const db::Row& row) { return row.integer(0); });
    });
    int batches = 0;
    if (!last) return batches;
    for (int taken = batch; taken == batch; ++batches)
        store.db.write([&](db::Transaction& t) { taken = fold_batch(t, *last); });
    return batches;
}

}  // namespace

void fold_tallies(const Store& store) {
    // Each batch leaves a row for each counter: the rows of several are folded in turn.
    while (fold_all(store) > 1) {
    }
}

}  // namespace stele::worklist
