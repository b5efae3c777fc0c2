#pragma once
// Statements with one row of values for each of many things, so that a save costs one statement per table.
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/db/db.hpp"

namespace stele::storage {

// head + row + between + row … + tail; each '?' of `row` is the next value. A database limits the values of a
// statement, so many rows become several statements. Rows with RETURNING are given to `each`.
struct ManyRows {
    std::string_view head;
    std::string_view row;  // "(?, ?, CAST(? AS BIGINT))"; PostgreSQL needs the casts where no column gives the type
    std::string_view tail;
    std::string_view between = ", ";  // " OR " where the rows are conditions: SQLite looks each up in the index only so
};
void run_many(db::Connection& c, const ManyRows& sql, std::span<const db::Value> values);
void query_many(db::Connection& c, const ManyRows& sql, std::span<const db::Value> values,
                const std::function<void(db::Row)>& each);

// head + "$1, $2, …" + tail: a look-up of many keys at once. Few different numbers of keys, so that few statements are
// prepared; no keys, no statement.
struct ManyKeys {
    std::string_view head, tail;
};
void query_in(db::Connection& c, const ManyKeys& sql, std::vector<db::Value> keys,
              const std::function<void(db::Row)>& each);

// "$3, $4, $5": `count` parameters from `first`.
std::string parameters(size_t first, size_t count);

}  // namespace stele::storage
