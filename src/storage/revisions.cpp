#include "src/storage/revisions.hpp"

#include <algorithm>
#include <limits>

#include "src/base/error.hpp"
#include "src/storage/change_kinds.hpp"
#include "src/storage/change_log.hpp"

namespace stele::storage {
namespace {

RevisionRow revision_from(db::Row r) { return {r.integer(0), r.text(1), r.text(2), time_of(r.integer(3)), r.text(4)}; }

}  // namespace

void add_revision(db::Transaction& t, ArticleId id, const locale::Tag& locale, const RevisionRow& r) {
    t->run(
        "INSERT INTO revision (article_id, locale, n, action, actor, at, document) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        id, locale.text(), r.n, r.action, r.actor, r.at, r.document);
}

std::optional<RevisionRow> find_revision(db::Connection& c, ArticleId id, const locale::Tag& locale, std::int64_t n) {
    return c.one("SELECT n, action, actor, at, document FROM revision WHERE article_id = $1 AND locale = $2 AND n = $3",
                 revision_from, id, locale.text(), n);
}

std::optional<RevisionRow> find_revision_at(db::Connection& c, ArticleId id, const locale::Tag& locale,
                                            std::int64_t n) {
    return c.one(
        "SELECT n, action, actor, at, document FROM revision WHERE article_id = $1 AND locale = $2 AND n <= $3 ORDER "
        "BY n "
        "DESC LIMIT 1",
        revision_from, id, locale.text(), n);
}

std::vector<RevisionRow> list_revisions(db::Connection& c, ArticleId id, const locale::Tag& locale, int limit,
                                        std::optional<std::int64_t> before) {
    return c.all(
        "SELECT n, action, actor, at, '' FROM revision WHERE article_id = $1 AND locale = $2 AND n < $3 ORDER BY n "
        "DESC "
        "LIMIT $4",
        revision_from, id, locale.text(), before.value_or(std::numeric_limits<std::int64_t>::max()), limit);
}

std::int64_t last_version(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    return c
        .one(
            "SELECT n FROM revision WHERE article_id = $1 AND locale = $2 ORDER BY n DESC LIMIT 1",
            [](db::Row r) { return r.integer(0); }, id, locale.text())
        .value_or(0);
}

void add_change(db::Transaction& t, Time at, const Change& change) {
    constexpr std::string_view quietly =
        "INSERT INTO change (at, kind, article_id, locale, actor, detail) VALUES ($1, $2, $3, $4, $5, $6)";
    // Wakes the other nodes at the commit (src/db/postgres/news.cpp). Commits that tell so wait for each other, which
    // is why those that readers see nothing of do not.
    constexpr std::string_view telling =
        "INSERT INTO change (at, kind, article_id, locale, actor, detail) "
        "SELECT CAST($1 AS BIGINT), $2, CAST($3 AS BIGINT), $4, $5, $6 FROM pg_notify('stele_change', '') AS told";
    // Else nobody could ask for it, and there would be no words for it.
    if (std::ranges::find(change_kinds, change.kind) == std::end(change_kinds))
        throw Error(ErrorCode::internal, "change-kind", {{"kind", change.kind}});
    std::optional<std::string> tag;
    if (change.locale) tag = change.locale->text();
    const bool tells = t->dialect() == db::Dialect::postgres && is_seen_by_readers(change.kind, tag.has_value());
    t->run(tells ? telling : quietly, at, change.kind, change.article_id, tag, change.actor, change.detail);
}

}  // namespace stele::storage
