#include "src/checks/dismissals.hpp"

namespace stele::checks {
namespace {

std::pair<DismissalKey, Dismissal> dismissal_from(const db::Row& row) {
    return {{row.text(0), row.text(1), row.bytes(2)}, {row.text(3), row.text(4), time_of(row.integer(5))}};
}

}  // namespace

Dismissals find_dismissals(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    Dismissals all;
    const std::vector<db::Value> values{db::to_value(id), db::to_value(locale.text())};
    c.query(
        "SELECT segment_id, finding, texts, reason, actor, at FROM check_dismissal "
        "WHERE article_id = $1 AND locale = $2",
        values, [&](db::Row row) { all.insert(dismissal_from(row)); });
    return all;
}

void upsert_dismissal(db::Transaction& t, ArticleId id, const locale::Tag& locale, const DismissalKey& key,
                      const Dismissal& dismissal) {
    t->run(
        "INSERT INTO check_dismissal (article_id, locale, segment_id, finding, texts, reason, actor, at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (article_id, locale, segment_id, finding, texts) "
        "DO UPDATE SET reason = excluded.reason, actor = excluded.actor, at = excluded.at",
        id, locale.text(), key.segment, key.finding, db::Bytes{key.texts}, dismissal.reason, dismissal.actor,
        dismissal.at);
}

Dismissals forget_others(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view segment,
                         const content::Hash& saved, const content::Hash& seen) {
    const auto gone = t->all(
        "DELETE FROM check_dismissal WHERE article_id = $1 AND locale = $2 AND segment_id = $3 AND texts <> $4 "
        "AND texts <> $5 RETURNING segment_id, finding, texts, reason, actor, at",
        dismissal_from, id, locale.text(), segment, db::Bytes{saved}, db::Bytes{seen});
    return {gone.begin(), gone.end()};
}

bool delete_dismissal(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::string_view segment,
                      std::string_view finding) {
    return !t->all(
                 "DELETE FROM check_dismissal WHERE article_id = $1 AND locale = $2 AND segment_id = $3 "
                 "AND finding = $4 RETURNING 1",
                 [](const db::Row&) { return true; }, id, locale.text(), segment, finding)
                .empty();
}

}  // namespace stele::checks
