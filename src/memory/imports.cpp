#include "src/memory/imports.hpp"

namespace stele::memory {
namespace {

ImportedFile file_from(const db::Row& r) {
    return {r.integer(0), r.text(1), r.text(2), time_of(r.integer(3)), r.integer(4)};
}

}  // namespace

std::optional<ImportedFile> find_import(db::Connection& c, std::int64_t id) {
    return c.one("SELECT id, name, actor, at, units FROM memory_import WHERE id = $1", file_from, id);
}

std::int64_t insert_import(db::Transaction& t, const ImportedFile& file) {
    return t
        ->one(
            "INSERT INTO memory_import (name, actor, at, units) VALUES ($1, $2, $3, $4) RETURNING id",
            [](db::Row r) { return r.integer(0); }, file.name, file.actor, file.at, file.units)
        .value();
}

void change_import(db::Transaction& t, std::int64_t id, std::int64_t units) {
    t->run("UPDATE memory_import SET units = units + $2 WHERE id = $1", id, units);
    t->run("DELETE FROM memory_import WHERE id = $1 AND units <= 0", id);
}

std::vector<ImportedFile> list_imports(const Store& store, std::optional<std::int64_t> after, int limit) {
    return store.db.reading([&](db::Connection& c) {
        return c.all("SELECT id, name, actor, at, units FROM memory_import WHERE id < $1 ORDER BY id DESC LIMIT $2",
                     file_from, after.value_or(std::numeric_limits<std::int64_t>::max()), limit);
    });
}

}  // namespace stele::memory
