#include "src/storage/deleted.hpp"

#include <limits>

namespace stele::storage {

std::vector<DeletedArticle> find_deleted(db::Connection& c, const std::optional<DeletedPlace>& after, int limit) {
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    return c.all(
        "SELECT a.id, a.key, a.type, a.source_locale, a.version, a.deleted_at, s.text FROM article a "
        "LEFT JOIN segment s ON s.article_id = a.id AND s.id = 'title' "
        "WHERE a.deleted_at IS NOT NULL AND (a.deleted_at, a.id) < ($1, $2) "
        "ORDER BY a.deleted_at DESC, a.id DESC LIMIT $3",
        [](db::Row r) {
            return DeletedArticle{.article = {.id = ArticleId(r.integer(0)),
                                              .key = r.text(1),
                                              .type = r.text(2),
                                              .source_locale = locale::Tag::stored(r.text(3)),
                                              .shared = {},
                                              .version = r.integer(4),
                                              .deleted_at = time_of(r.integer(5))},
                                  .title = r.optional_text(6).value_or("")};
        },
        after ? micros(after->deleted_at) : last, after ? number(after->id) : last, limit);
}

}  // namespace stele::storage
