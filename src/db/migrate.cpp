#include <xxhash.h>

#include <algorithm>
#include <charconv>

#include "src/base/embedded.hpp"
#include "src/base/time.hpp"
#include "src/db/db.hpp"

namespace stele::db {
namespace {

struct Applied {
    std::int64_t number;
    std::string name;
    std::string checksum;
};

std::string checksum_of(const Migration& migration) {
    const auto hash = XXH3_128bits(migration.sql.data(), migration.sql.size());
    std::string text;
    for (const auto half : {hash.high64, hash.low64})
        for (int shift = 60; shift >= 0; shift -= 4) text += "0123456789abcdef"[half >> shift & 15];
    return text;
}

// "schema/0001_content.sql" and "schema/sqlite/0003_search.sql", each by its own folder.
void add_folder(std::vector<Migration>& migrations, std::string_view folder) {
    for (const auto& file : embedded::list(folder)) {
        const auto name = file.name.substr(folder.size());
        if (name.find('/') != std::string_view::npos || !name.ends_with(".sql")) continue;
        int number = 0;
        const auto read = std::from_chars(name.data(), name.data() + name.size(), number);
        if (read.ec != std::errc{} || number < 1)
            throw Error(ErrorCode::internal, "migration", {{"unnumbered", std::string(file.name)}});
        migrations.push_back({number, std::string(name), std::string(file.text)});
    }
}

bool has_migration_table(Connection& connection) {
    const auto* sql = connection.dialect() == Dialect::sqlite
                          ? "SELECT 1 FROM sqlite_schema WHERE type = 'table' AND name = 'migration'"
                          : "SELECT 1 FROM pg_catalog.pg_tables"
                            " WHERE schemaname = current_schema() AND tablename = 'migration'";
    return connection.one(sql, [](Row row) { return row.integer(0); }).has_value();
}

std::vector<Applied> applied_migrations(Connection& connection) {
    if (!has_migration_table(connection)) return {};
    return connection.all("SELECT number, name, checksum FROM migration ORDER BY number", [](Row row) {
        return Applied{row.integer(0), row.text(1), row.text(2)};
    });
}

void create_migration_table(Transaction& transaction) {
    constexpr auto script =
        "CREATE TABLE IF NOT EXISTS migration (\n"
        "    number @int@ PRIMARY KEY, name @text@ NOT NULL, checksum @text@ NOT NULL, applied_at @int@ NOT NULL\n"
        ") @strict@;";
    for (const auto& sql : statements_of(script, transaction->dialect())) transaction->run(sql);
}

// Two nodes that start at once: the second waits here and then finds the work done.
void wait_for_others(Transaction& transaction) {
    if (transaction->dialect() != Dialect::postgres) return;
    constexpr std::int64_t our_lock = 0x7374656c65;  // "stele"
    transaction->query("SELECT pg_advisory_xact_lock($1)", std::vector<Value>{our_lock}, [](Row) {});
}

// False when it was there already.
bool apply(Transaction& transaction, const Migration& migration) {
    wait_for_others(transaction);
    create_migration_table(transaction);
    const auto recorded = transaction->run(
        "INSERT INTO migration (number, name, checksum, applied_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING",
        migration.number, migration.name, checksum_of(migration), system_now());
    if (recorded == 0) return false;
    for (const auto& sql : statements_of(migration.sql, transaction->dialect())) transaction->run(sql);
    return true;
}

void refuse_what_is_not_ours(const SchemaStatus& status) {
    if (status.newer)
        throw Error(ErrorCode::conflict, "schema-newer",
                    {{"at", std::int64_t(status.at)}, {"wanted", std::int64_t(status.wanted)}});
    if (!status.changed.empty()) throw Error(ErrorCode::conflict, "schema-changed", {{"name", status.changed.front()}});
}

}  // namespace

std::vector<Migration> embedded_migrations(Dialect dialect) {
    std::vector<Migration> migrations;
    add_folder(migrations, "schema/");
    add_folder(migrations, dialect == Dialect::sqlite ? "schema/sqlite/" : "schema/postgres/");
    std::sort(migrations.begin(), migrations.end(),
              [](const Migration& a, const Migration& b) { return a.number < b.number; });
    const auto twice = std::adjacent_find(migrations.begin(), migrations.end(),
                                          [](const Migration& a, const Migration& b) { return a.number == b.number; });
    if (twice != migrations.end()) throw Error(ErrorCode::internal, "migration", {{"number-used-twice", twice->name}});
    return migrations;
}

SchemaStatus schema_status(Database& db, std::span<const Migration> migrations) {
    SchemaStatus status;
    for (const auto& migration : migrations) status.wanted = std::max(status.wanted, migration.number);
    for (const auto& applied : db.reading([](Connection& c) { return applied_migrations(c); })) {
        status.at = std::max(status.at, static_cast<int>(applied.number));
        const auto ours = std::find_if(migrations.begin(), migrations.end(),
                                       [&](const Migration& m) { return m.number == applied.number; });
        if (applied.number > status.wanted)
            status.newer = true;
        else if (ours == migrations.end() || checksum_of(*ours) != applied.checksum)
            status.changed.push_back(applied.name);
    }
    return status;
}

std::vector<std::string> migrate(Database& db, std::span<const Migration> migrations) {
    refuse_what_is_not_ours(schema_status(db, migrations));
    std::vector<std::string> applied;
    for (const auto& migration : migrations)
        if (db.writing([&](Transaction& t) { return apply(t, migration); })) applied.push_back(migration.name);
    return applied;
}

SchemaStatus schema_status(Database& db) { return schema_status(db, embedded_migrations(db.dialect())); }
std::vector<std::string> migrate(Database& db) { return migrate(db, embedded_migrations(db.dialect())); }

}  // namespace stele::db
