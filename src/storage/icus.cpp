#include "src/storage/icus.hpp"

namespace stele::storage {

std::optional<Time> icu_seen_at(db::Connection& c, const std::string& fingerprint) {
    return c.one(
        "SELECT seen_at FROM icu WHERE fingerprint = $1", [](const db::Row& row) { return time_of(row.integer(0)); },
        fingerprint);
}

std::vector<std::string> icus_seen_since(db::Connection& c, Time since) {
    return c.all(
        "SELECT fingerprint FROM icu WHERE seen_at > $1", [](const db::Row& row) { return row.text(0); }, since);
}

void set_icu_seen(db::Transaction& t, const std::string& fingerprint, Time now) {
    t->run(
        "INSERT INTO icu (fingerprint, seen_at) VALUES ($1, $2) ON CONFLICT (fingerprint) DO UPDATE SET "
        "seen_at = excluded.seen_at",
        fingerprint, now);
}

void forget_icus_before(db::Transaction& t, Time time) { t->run("DELETE FROM icu WHERE seen_at < $1", time); }

}  // namespace stele::storage
