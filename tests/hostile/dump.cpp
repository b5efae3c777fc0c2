#include <algorithm>

#include "tests/hostile/site.hpp"

namespace stele::testing {
namespace {

std::string text_from(db::Row row) { return row.text(0); }

std::vector<std::string> tables_of(db::Connection& c) {
    if (c.dialect() == db::Dialect::sqlite)
        return c.all("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT GLOB 'sqlite_*'", text_from);
    return c.all("SELECT CAST(table_name AS TEXT) FROM information_schema.tables WHERE table_schema = 'public'",
                 text_from);
}

std::string rows_sql(db::Connection& c, const std::string& table) {
    if (c.dialect() == db::Dialect::postgres) return "SELECT CAST(t AS TEXT) FROM \"" + table + "\" t";
    std::string columns;
    for (const auto& name : c.all("SELECT name FROM pragma_table_info($1)", text_from, table))
        columns += (columns.empty() ? "quote(\"" : " || '|' || quote(\"") + name + "\")";
    return "SELECT " + columns + " FROM \"" + table + "\"";
}

}  // namespace

Dump dump_of(db::Database& database) {
    return database.reading([](db::Connection& c) {
        Dump dump;
        for (const auto& table : tables_of(c)) {
            auto rows = c.all(rows_sql(c, table), text_from);
            std::sort(rows.begin(), rows.end());
            dump.emplace(table, std::move(rows));
        }
        return dump;
    });
}

std::string difference(const Dump& a, const Dump& b) {
    std::string text;
    const auto missing = [&](const std::string& table, const auto& from, const auto& in, const char* mark) {
        for (const auto& row : from)
            if (std::find(in.begin(), in.end(), row) == in.end()) text += mark + table + ": " + row + "\n";
    };
    for (const auto& [table, rows] : a) {
        const auto at = b.find(table);
        if (at == b.end() || at->second == rows) continue;
        missing(table, rows, at->second, "- ");
        missing(table, at->second, rows, "+ ");
    }
    return text;
}

}  // namespace stele::testing
