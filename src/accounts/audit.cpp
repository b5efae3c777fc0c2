#include "src/accounts/audit.hpp"

#include <limits>
#include <set>

#include "src/storage/many.hpp"
#include "src/storage/revisions.hpp"

namespace stele::accounts {
namespace {

// Of one kind and one person: how many entries of that person a page looks through.
constexpr int looked_through = 2'000;

#define LOG_COLUMNS "position, at, kind, article_id, locale, actor, detail"

boost::json::object detail_from(const std::string& stored) {
    boost::json::error_code ignored;
    const auto value = boost::json::parse(stored, ignored);
    return value.is_object() ? value.get_object() : boost::json::object();
}

LogEntry entry_from(db::Row row) {
    return {.position = row.integer(0),
            .at = time_of(row.integer(1)),
            .kind = row.text(2),
            .article_id = row.optional_integer(3),
            .locale = row.optional_text(4).value_or(""),
            .actor = row.text(5),
            .detail = detail_from(row.text(6))};
}

LogPage page_of(std::vector<LogEntry> entries, size_t limit) {
    LogPage page{.entries = std::move(entries), .next = std::nullopt};
    if (page.entries.size() > limit) {
        page.entries.resize(limit);
        page.next = page.entries.back().position;
    }
    return page;
}

// No index has both: the person's entries are looked through, so many at a time.
LogPage read_of_both(db::Connection& c, const LogQuery& query, std::int64_t before) {
    LogPage page;
    int looked = 0;
    std::int64_t last = 0;
    const auto each = [&](db::Row row) {
        ++looked;
        if (page.entries.size() > size_t(query.limit)) return;
        if (page.entries.size() < size_t(query.limit)) last = row.integer(0);
        if (row.text_view(2) == query.kind) page.entries.push_back(entry_from(row));
    };
    c.query("SELECT " LOG_COLUMNS " FROM change WHERE actor = $1 AND position < $2 ORDER BY position DESC LIMIT $3",
            std::vector<db::Value>{query.actor, before, std::int64_t{looked_through}}, each);
    const bool more = page.entries.size() > size_t(query.limit);
    if (more) page.entries.pop_back();
    if (more || looked == looked_through) page.next = last;
    return page;
}

// Two statements, however many entries name how many articles.
void look_up_articles(db::Connection& c, LogPage& page, const locale::Tag& tag) {
    std::set<std::int64_t> ids;
    for (const auto& entry : page.entries)
        if (entry.article_id) ids.insert(*entry.article_id);
    std::vector<db::Value> keys, editions;
    for (const auto id : ids) {
        keys.emplace_back(id);
        editions.emplace_back(id);
        editions.emplace_back(tag.text());
    }
    storage::query_in(c, {"SELECT id, key, deleted_at IS NOT NULL FROM article WHERE id IN (", ")"}, keys,
                      [&](db::Row r) { page.articles[r.integer(0)] = {.key = r.text(1), .deleted = r.boolean(2)}; });
    storage::query_many(
        c,
        {"SELECT article_id, title, title_locale FROM edition WHERE ", "(article_id = ? AND locale = ?)", "", " OR "},
        editions, [&](db::Row r) {
            auto& article = page.articles[r.integer(0)];
            article.title = r.text(1);
            article.title_locale = locale::Tag::stored(r.text(2));
        });
}

LogPage read_page(db::Connection& c, const LogQuery& query) {
    const auto before = query.before.value_or(std::numeric_limits<std::int64_t>::max());
    const auto limit = std::int64_t(query.limit) + 1;
    if (!query.kind.empty() && !query.actor.empty()) return read_of_both(c, query, before);
    if (!query.kind.empty())
        return page_of(c.all("SELECT " LOG_COLUMNS
                             " FROM change WHERE kind = $1 AND position < $2 ORDER BY position DESC LIMIT $3",
                             entry_from, query.kind, before, limit),
                       size_t(query.limit));
    if (!query.actor.empty())
        return page_of(c.all("SELECT " LOG_COLUMNS
                             " FROM change WHERE actor = $1 AND position < $2 ORDER BY position DESC LIMIT $3",
                             entry_from, query.actor, before, limit),
                       size_t(query.limit));
    return page_of(c.all("SELECT " LOG_COLUMNS " FROM change WHERE position < $1 ORDER BY position DESC LIMIT $2",
                         entry_from, before, limit),
                   size_t(query.limit));
}

}  // namespace

void note(db::Transaction& t, Time at, std::string_view kind, const Actor& actor, boost::json::object detail) {
    storage::add_change(t, at,
                        {.kind = std::string(kind),
                         .article_id = std::nullopt,
                         .locale = std::nullopt,
                         .actor = actor,
                         .detail = boost::json::serialize(detail)});
}

LogPage read_log(const Store& store, const LogQuery& query) {
    return store.db.reading([&](db::Connection& c) {
        auto page = read_page(c, query);
        if (query.titles_in) look_up_articles(c, page, *query.titles_in);
        return page;
    });
}

}  // namespace stele::accounts
