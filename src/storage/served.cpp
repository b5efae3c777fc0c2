#include "src/storage/served.hpp"

namespace stele::storage {

std::optional<std::string> find_served(db::Connection& c) {
    return c.one("SELECT address FROM served WHERE id = 1", [](db::Row r) { return r.text(0); });
}

void set_served(db::Database& database, const std::string& address, Time now) {
    if (database.reading(find_served) == address) return;
    database.write([&](db::Transaction& t) {
        t->run(
            "INSERT INTO served (id, address, started_at) VALUES (1, $1, $2) ON CONFLICT (id) DO UPDATE SET "
            "address = excluded.address, started_at = excluded.started_at",
            address, now);
    });
}

}  // namespace stele::storage
