#include "src/storage/tidy.hpp"

#include <fmt/format.h>

namespace stele::storage {
namespace {

constexpr std::int64_t piece = 1'000;

}  // namespace

void delete_old(db::Database& database, const OldRows& rows, Time time) {
    const auto look = fmt::format("SELECT 1 FROM {} WHERE {} LIMIT 1", rows.table, rows.old);
    const auto take = fmt::format("DELETE FROM {0} WHERE {1} IN (SELECT {1} FROM {0} WHERE {2} LIMIT $2)", rows.table,
                                  rows.key, rows.old);
    const auto is_any = [&](db::Connection& c) {
        return c
            .one(
                look, [](db::Row) { return true; }, time)
            .has_value();
    };
    while (database.reading(is_any))
        if (database.writing([&](db::Transaction& t) { return t->run(take, time, piece); }) == 0) return;
}

}  // namespace stele::storage
