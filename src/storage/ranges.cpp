#include "src/storage/ranges.hpp"

#include <charconv>

#include "src/base/error.hpp"

namespace stele::storage {
namespace {

// A literal, so that PostgreSQL plans for few rows; few different ones, so that few statements are prepared.
int rows_to_read(int limit) {
    for (const int step : {2, 11, 26, 51, 101})
        if (limit < step) return step;
    return 201;
}

std::int64_t number_from(const std::string& text) {
    std::int64_t value = 0;
    const auto [end, failed] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (failed != std::errc() || end != text.data() + text.size())
        throw Error(ErrorCode::malformed, "cursor", {}, {{"?after", "field.cursor", {}}});
    return value;
}

std::string common_condition(const Ranges& ranges) {
    std::string sql;
    for (size_t i = 0; i < ranges.same.size(); ++i)
        sql.append(ranges.same[i]).append(" = $").append(std::to_string(i + 1)).append(" AND ");
    return sql;
}

std::string branch_sql(const Ranges& ranges, size_t split, size_t splits, const Page& page) {
    const auto number = [](size_t n) { return "$" + std::to_string(n); };
    const auto first_split = ranges.same.size() + 1;
    std::string sql = "SELECT ";
    sql.append(ranges.key).append(" AS k, article_id AS id");
    if (!ranges.carried.empty()) sql.append(", ").append(ranges.carried).append(" AS carried");
    sql.append(" FROM ").append(ranges.table).append(" WHERE ");
    sql.append(common_condition(ranges)).append(ranges.split).append(" = ").append(number(first_split + split));
    if (!page.after) return sql;
    sql.append(" AND (").append(ranges.key).append(", article_id) ").append(ranges.descending ? "<" : ">");
    sql.append(" (").append(number(first_split + splits)).append(", ");
    return sql.append(number(first_split + splits + 1)).append(")");
}

std::string order_and_limit(const Ranges& ranges, const Page& page) {
    return (ranges.descending ? " ORDER BY k DESC, id DESC LIMIT " : " ORDER BY k, id LIMIT ") +
           std::to_string(rows_to_read(page.limit));
}

}  // namespace

std::string merged_sql(const Ranges& ranges, size_t splits, const Page& page, db::Dialect dialect) {
    const auto order = order_and_limit(ranges, page);
    // PostgreSQL keeps the order of an index through UNION ALL only for branches that are sorted themselves; SQLite
    // only for branches that are not.
    const bool each_sorted = dialect == db::Dialect::postgres && splits > 1;
    std::string sql = "(";
    for (size_t i = 0; i < splits; ++i) {
        if (i > 0) sql += " UNION ALL ";
        sql +=
            each_sorted ? '(' + branch_sql(ranges, i, splits, page) + order + ')' : branch_sql(ranges, i, splits, page);
    }
    return sql + order + ')';
}

std::vector<db::Value> merged_values(const Ranges& ranges, std::vector<db::Value> same,
                                     const std::vector<std::int64_t>& splits, const Page& page) {
    for (const auto split : splits) same.emplace_back(split);
    if (!page.after) return same;
    if (ranges.key_is_bytes)
        same.emplace_back(db::Bytes{page.after->key});
    else
        same.emplace_back(number_from(page.after->key));
    same.emplace_back(page.after->id);
    return same;
}

Place place_from(const db::Row& row, const Ranges& ranges, int first) {
    Place place{.bytes = {}, .number = 0, .id = row.integer(first + 1)};
    if (ranges.key_is_bytes)
        place.bytes = row.bytes(first);
    else
        place.number = row.integer(first);
    return place;
}

Cursor cursor_at(const Place& place, const Ranges& ranges, std::int64_t generation) {
    return {generation, ranges.key_is_bytes ? place.bytes : std::to_string(place.number), place.id};
}

bool precedes(const Place& a, const Place& b, const Ranges& ranges) {
    const auto& [first, second] = ranges.descending ? std::tie(b, a) : std::tie(a, b);
    // char is signed: bytes are compared as the databases compare them, unsigned, which std::string's traits do.
    return std::tie(first.bytes, first.number, first.id) < std::tie(second.bytes, second.number, second.id);
}

}  // namespace stele::storage
