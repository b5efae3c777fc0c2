#pragma once
// How every list is read: some ranges of one narrow index, merged in order, a page at a time by keyset. Both databases
// merge such branches without sorting them: SQLite as MERGE (UNION ALL), PostgreSQL as Merge Append.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/db/db.hpp"
#include "src/storage/cursor.hpp"

namespace stele::storage {

// Index ranges of `table` in the order of (`key`, article_id), one for each value of `split`.
struct Ranges {
    std::string_view table;
    std::string_view key;                // sort_key, or a number
    std::vector<std::string_view> same;  // the columns that all ranges have in common, bound first
    std::string_view split;              // the column that each range has another value of
    bool key_is_bytes = false;
    bool descending = false;
    std::string_view carried = {};  // a column of the same index that the list needs, too: o.carried
};

struct Page {
    int limit = 25;  // 1..200
    std::optional<Cursor> after;
};

// A row of the list: what it is sorted by, and the article.
struct Place {
    std::string bytes;        // where key_is_bytes
    std::int64_t number = 0;  // else
    std::int64_t id = 0;
};

// The merged ranges as a subquery: (SELECT … ORDER BY … LIMIT …) with the columns k and id, and carried. Its values are
// those of `same`, then of `split`, then (with a cursor) key and id.
std::string merged_sql(const Ranges& ranges, size_t splits, const Page& page, db::Dialect dialect);
std::vector<db::Value> merged_values(const Ranges& ranges, std::vector<db::Value> same,
                                     const std::vector<std::int64_t>& splits, const Page& page);

Place place_from(const db::Row& row, const Ranges& ranges, int first = 0);
Cursor cursor_at(const Place& place, const Ranges& ranges, std::int64_t generation);

// Reads one row more than the page has; `rest` = what follows "(SELECT …)" in the statement (alias o, joins,
// conditions), `columns` = what to select besides o.k and o.id, mapped from column 2. The rows are in the list's order.
template <class Item>
struct Listed {
    std::vector<std::pair<Place, Item>> rows;
    std::optional<Cursor> next;
};
struct Statement {
    std::string_view columns;
    std::string_view rest;
};
bool precedes(const Place& a, const Place& b, const Ranges& ranges);

template <class Map>
auto read_ranges(db::Connection& c, const Ranges& ranges, const std::vector<db::Value>& same,
                 const std::vector<std::int64_t>& splits, const Page& page, const Statement& statement,
                 std::int64_t generation, Map map) {
    Listed<decltype(map(std::declval<db::Row>()))> list;
    const auto sql = std::string("SELECT o.k, o.id, ")
                         .append(statement.columns)
                         .append(" FROM ")
                         .append(merged_sql(ranges, splits.size(), page, c.dialect()))
                         .append(" o ")
                         .append(statement.rest);
    c.query(sql, merged_values(ranges, same, splits, page),
            [&](db::Row row) { list.rows.emplace_back(place_from(row, ranges), map(row)); });
    // The page's own rows: a join does not promise to keep their order, and sorting them in SQL would be a sort in the
    // plan.
    std::ranges::sort(list.rows, [&](const auto& a, const auto& b) { return precedes(a.first, b.first, ranges); });
    const auto limit = static_cast<size_t>(page.limit);
    if (list.rows.size() > limit) {
        list.rows.erase(list.rows.begin() + static_cast<std::ptrdiff_t>(limit), list.rows.end());
        list.next = cursor_at(list.rows.back().first, ranges, generation);
    }
    return list;
}

}  // namespace stele::storage
