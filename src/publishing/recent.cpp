#include "src/publishing/recent.hpp"

#include "src/storage/site.hpp"

namespace stele::publishing {

std::int64_t published_since(const Store& store, const locale::Tag& locale, Time since, int most) {
    return store.db.reading([&](db::Connection& c) -> std::int64_t {
        const auto site = storage::read_site(c, store.default_locale);
        const auto* l = site->find_enabled(locale);
        if (!l) return 0;
        const auto sql =
            "SELECT COUNT(*) FROM (SELECT 1 FROM listing WHERE locale = $1 AND generation = $2 AND own = 1 AND "
            "published_at > $3 LIMIT " +
            std::to_string(most) + ") AS recent";
        return *c.one(
            sql, [](const db::Row& row) { return row.integer(0); }, locale.text(), l->active->number, since);
    });
}

}  // namespace stele::publishing
