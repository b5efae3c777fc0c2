#include "src/storage/change_log.hpp"

#include <algorithm>
#include <iterator>
#include <utility>

namespace stele::storage {
namespace {

constexpr size_t most_at_once = 10'000;  // beyond it nobody looks at each
constexpr int looked_back = 1'000;       // entries, at the beginning

constexpr std::string_view columns = "SELECT position, at, kind, article_id, locale FROM change ";

LoggedChange change_from(const db::Row& row) {
    LoggedChange change{.position = row.integer(0),
                        .at = time_of(row.integer(1)),
                        .kind = row.text(2),
                        .article_id = std::nullopt,
                        .locale = std::nullopt};
    if (const auto id = row.optional_integer(3)) change.article_id = ArticleId(*id);
    if (auto tag = row.optional_text(4)) change.locale = locale::Tag::stored(std::move(*tag));
    return change;
}

std::vector<LoggedChange> read_from(db::Connection& c, std::int64_t position) {
    static const auto sql = std::string(columns) + "WHERE position >= $1 ORDER BY position LIMIT $2";
    return c.all(sql, change_from, position, std::int64_t(most_at_once + 2));
}

// Every transaction before it has ended, and is seen.
std::int64_t first_running(db::Connection& c) {
    return *c.one("SELECT pg_snapshot_xmin(pg_current_snapshot())", [](const db::Row& row) { return row.integer(0); });
}

// Every transaction that has written by now is before it: a number of our own, the snapshot's xmax is only behind the
// last that has ended.
std::int64_t next_transaction(db::Connection& c) {
    return *c.one("SELECT pg_current_xact_id()", [](const db::Row& row) { return row.integer(0); });
}

}  // namespace

bool is_seen_by_readers(std::string_view kind, bool has_locale) {
    // "restore" of one translation brings back its working text alone.
    if (kind == "restore") return !has_locale;
    for (std::string_view seen : {"publish", "unpublish", "delete", "article", "source", "locale", "order"})
        if (kind == seen) return true;
    return false;
}

LogNews LogReader::read(db::Connection& c) {
    try {
        return last_ ? go_on(c) : start(c);
    } catch (...) {
        begin_anew();
        throw;
    }
}

LogNews LogReader::start(db::Connection& c) {
    static const auto sql = std::string(columns) + "ORDER BY position DESC LIMIT $1";
    auto latest = c.all(sql, change_from, looked_back);
    std::ranges::reverse(latest);
    gaps_.clear();
    unsure_until_.reset();
    if (c.dialect() == db::Dialect::postgres) {
        unsure_until_ = next_transaction(c);
        if (!latest.empty()) note_gaps(c, latest.front().position, latest);
    }
    last_ = latest.empty() ? LoggedChange{} : std::move(latest.back());
    return {.everything = true, .changes = {}};
}

LogNews LogReader::go_on(db::Connection& c) {
    auto entries = read_from(c, last_->position);
    // Where the last one is another now, the log is another: a standby that had not got everything, a backup.
    if (last_->position > 0 && (entries.empty() || entries.front() != *last_)) return start(c);
    if (last_->position > 0) entries.erase(entries.begin());
    if (entries.size() > most_at_once) return start(c);

    LogNews news{.everything = false, .changes = std::move(entries)};
    if (c.dialect() == db::Dialect::postgres && (unsure_until_ || !gaps_.empty() || !news.changes.empty())) {
        read_late(c, news);
        if (gaps_.size() > most_at_once) return start(c);
    } else if (!news.changes.empty()) {
        last_ = news.changes.back();
    }
    return news;
}

void LogReader::read_late(db::Connection& c, LogNews& news) {
    const auto running = first_running(c);
    std::vector<LoggedChange> late;
    if (!gaps_.empty()) {
        std::string positions;
        for (const auto& [position, next] : gaps_)
            positions += (positions.empty() ? "{" : ",") + std::to_string(position);
        static const auto sql = std::string(columns) + "WHERE position = ANY (CAST($1 AS BIGINT[]))";
        late = c.all(sql, change_from, positions + "}");
    }
    for (const auto& change : late) gaps_.erase(change.position);
    std::erase_if(gaps_, [&](const auto& gap) { return gap.second <= running; });
    if (unsure_until_ && *unsure_until_ <= running) {
        news.everything = true;
        unsure_until_.reset();
    }
    note_gaps(c, last_->position + 1, news.changes);
    if (!news.changes.empty()) last_ = news.changes.back();
    std::ranges::move(late, std::back_inserter(news.changes));
}

// Those between `from` and the last of `entries`, which are in order.
void LogReader::note_gaps(db::Connection& c, std::int64_t from, const std::vector<LoggedChange>& entries) {
    std::optional<std::int64_t> next;
    for (const auto& entry : entries) {
        // Of a sequence that was set anew, the end is enough: no more than that are taken at the same time.
        from = std::max(from, entry.position - std::int64_t(most_at_once));
        if (from < entry.position && !next) next = next_transaction(c);
        for (; from < entry.position; ++from) gaps_.emplace(from, *next);
        from = entry.position + 1;
    }
}

std::int64_t LogReader::settled() const {
    if (!gaps_.empty()) return gaps_.begin()->first - 1;
    return last_ ? last_->position : 0;
}

std::int64_t newest_position(db::Connection& c) {
    return c.one("SELECT COALESCE(MAX(position), 0) FROM change", [](db::Row row) { return row.integer(0); }).value();
}

}  // namespace stele::storage
