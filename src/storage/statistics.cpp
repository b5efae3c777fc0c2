#include "src/storage/statistics.hpp"

namespace stele::storage {

void renew_statistics(db::Database& db) {
    if (db.dialect() == db::Dialect::sqlite) return;
    db.write([](db::Transaction& t) { t->run("ANALYZE article, publication, edition, work_title, listing"); });
}

}  // namespace stele::storage
