#include "src/storage/settled.hpp"

#include "src/storage/change_log.hpp"

namespace stele::storage {
namespace {

std::int64_t number(db::Database& db, std::string_view sql) {
    return db.reading([&](db::Connection& c) { return c.one(sql, [](db::Row r) { return r.integer(0); }).value(); });
}

}  // namespace

std::int64_t SettledLog::settled(db::Database& db) {
    if (db.dialect() == db::Dialect::sqlite) return settled_ = db.reading(newest_position);
    if (!seen_) {
        const auto position = db.reading(newest_position);
        if (position == settled_) return settled_;
        // Read after the position: whoever took a smaller one had a number before that.
        seen_ = Seen{position, number(db, "SELECT pg_current_xact_id()")};
    }
    if (number(db, "SELECT pg_snapshot_xmin(pg_current_snapshot())") >= seen_->next_transaction) {
        settled_ = seen_->position;
        seen_.reset();
    }
    return settled_;
}

}  // namespace stele::storage
