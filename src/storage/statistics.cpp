#include "src/storage/statistics.hpp"

#include <chrono>

namespace stele::storage {
namespace {

constexpr std::chrono::milliseconds longest = std::chrono::hours(1);

}  // namespace

void renew_statistics(db::Database& db) {
    if (db.dialect() == db::Dialect::sqlite) return;
    // On a connection of its own: no reader or writer waits for it, and what a statement may take does not hold for it.
    auto options = db.options();
    options.statement_timeout_ms = static_cast<int>(longest.count());
    options.readers = options.writers = 1;
    db::Database::open(options)->write(
        [](db::Transaction& t) { t->run("ANALYZE article, publication, edition, work_title, listing"); });
}

}  // namespace stele::storage
