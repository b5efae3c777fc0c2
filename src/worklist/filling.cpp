#include "src/worklist/filling.hpp"

#include <algorithm>

#include "src/storage/site.hpp"

namespace stele::worklist {

std::map<locale::Tag, double> filling(const Store& store) {
    return store.db.reading([&](db::Connection& c) {
        const auto last =
            c.one("SELECT id FROM article ORDER BY id DESC LIMIT 1", [](const db::Row& row) { return row.integer(0); });
        std::map<locale::Tag, double> done;
        const auto site = storage::read_site_uncached(c, store.default_locale);
        for (const auto& l : site->locales)
            if (l.next) done[l.tag] = last ? std::min(1.0, double(l.filled_to) / double(*last)) : 1.0;
        return done;
    });
}

}  // namespace stele::worklist
