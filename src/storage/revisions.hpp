#pragma once
// Tables revision (the history of one translation) and change (the log of everything).
#include <optional>
#include <string>
#include <vector>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/db/db.hpp"
#include "src/locale/tag.hpp"

namespace stele::storage {

struct RevisionRow {
    std::int64_t n = 0;  // the translation's version that it made
    std::string action;
    std::string actor;
    Time at{};
    std::string document;  // editing/history.hpp
};
void add_revision(db::Transaction& t, ArticleId id, const locale::Tag& locale, const RevisionRow& r);
std::optional<RevisionRow> find_revision(db::Connection& c, ArticleId id, const locale::Tag& locale, std::int64_t n);
// The newest one that is not newer than `n`.
std::optional<RevisionRow> find_revision_at(db::Connection& c, ArticleId id, const locale::Tag& locale, std::int64_t n);
// Newest first, without documents; `before` exclusive.
std::vector<RevisionRow> list_revisions(db::Connection& c, ArticleId id, const locale::Tag& locale, int limit,
                                        std::optional<std::int64_t> before);
// The version a translation that was deleted before had last; 0 when there never was one.
std::int64_t last_version(db::Connection& c, ArticleId id, const locale::Tag& locale);

struct Change {
    // One of change_kinds. Of a translation: what its revision says (create, save, keep, publish, delete, …). Without a
    // locale: article
    // (key, type, fields, source locale), delete, restore. Without an article: locale (which are in force, and how),
    // order (titles of a locale took other places). Who keeps something for readers reads them: change_log.hpp.
    std::string kind;
    std::optional<ArticleId> article_id;
    std::optional<locale::Tag> locale;
    std::string actor;
    std::string detail;  // JSON object, without texts that a revision has
};
// Not as the first write of its transaction (change_log.hpp says why).
void add_change(db::Transaction& t, Time at, const Change& change);

}  // namespace stele::storage
