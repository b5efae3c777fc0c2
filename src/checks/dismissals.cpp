#include "src/checks/dismissals.hpp"

namespace stele::checks {

Dismissals find_dismissals(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    Dismissals all;
    const std::vector<db::Value> values{db::to_value(id), db::to_value(locale.text())};
    c.query(
        "SELECT segment_id, finding, texts, reason, actor, at FROM check_dismissal "
        "WHERE article_id = $1 AND locale = $2",
        values, [&](db::Row row) {
            all.emplace(std::pair(row.text(0), row.text(1)),
                        StoredDismissal{{row.text(3), row.text(4), time_of(row.integer(5))}, row.bytes(2)});
        });
    return all;
}

void upsert_dismissal(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view segment,
                      std::string_view finding, const StoredDismissal& stored) {
    t->run(
        "INSERT INTO check_dismissal (article_id, locale, segment_id, finding, texts, reason, actor, at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (article_id, locale, segment_id, finding) DO UPDATE SET "
        "texts = excluded.texts, reason = excluded.reason, actor = excluded.actor, at = excluded.at",
        id, locale.text(), segment, finding, db::Bytes{stored.texts}, stored.dismissal.reason, stored.dismissal.actor,
        stored.dismissal.at);
    t->run("DELETE FROM check_dismissal WHERE article_id = $1 AND locale = $2 AND segment_id = $3 AND texts <> $4", id,
           locale.text(), segment, db::Bytes{stored.texts});
}

bool delete_dismissal(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view segment,
                      std::string_view finding) {
    return t
        ->one(
            "DELETE FROM check_dismissal WHERE article_id = $1 AND locale = $2 AND segment_id = $3 AND finding = $4 "
            "RETURNING 1",
            [](const db::Row&) { return true; }, id, locale.text(), segment, finding)
        .has_value();
}

}  // namespace stele::checks
