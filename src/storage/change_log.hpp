#pragma once
// The log of changes as it grows: whoever keeps something ready for readers learns here what it was made from before.
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"
#include "src/db/db.hpp"
#include "src/locale/tag.hpp"

namespace stele::storage {

// Does such a change show on the site or in what the API says of published articles? A change of one translation has a
// locale.
bool is_seen_by_readers(std::string_view kind, bool has_locale);

struct LoggedChange {
    std::int64_t position = 0;
    Time at{};
    std::string kind;
    std::optional<ArticleId> article_id;
    std::optional<locale::Tag> locale;

    bool is_seen_by_readers() const { return storage::is_seen_by_readers(kind, locale.has_value()); }
    friend bool operator==(const LoggedChange&, const LoggedChange&) = default;
};

struct LogNews {
    // More may have happened than `changes` says: at the beginning, after too much at once, in another history.
    bool everything = false;
    std::vector<LoggedChange> changes;
};

// The highest that is visible; 0 in an empty log.
std::int64_t newest_position(db::Connection& c);

// Reads each entry once, none is lost. On SQLite positions become visible in their order. On PostgreSQL they do not:
// a transaction may commit after others that took theirs later. Such gaps are remembered, and asked for again until
// every transaction has ended that was running when they were found. What is beyond them is told at once.
//
// An entry takes its position after its transaction's first write (which gives it the number that others see running).
class LogReader {
  public:
    // What has become visible since the last call; the first call says "everything". In one snapshot: of
    // Database::read. After an exception the next call begins anew.
    LogNews read(db::Connection& c);
    // Forgets where it was: the next call says "everything".
    void begin_anew() { last_.reset(); }
    // The last position that has none before it open.
    std::int64_t settled() const;
    // False while, at the beginning, something far before the last position may still come.
    bool is_sure() const { return !unsure_until_; }

  private:
    LogNews start(db::Connection& c);
    LogNews go_on(db::Connection& c);
    void read_late(db::Connection& c, LogNews& news);
    void note_gaps(db::Connection& c, std::int64_t from, const std::vector<LoggedChange>& entries);

    std::optional<LoggedChange> last_;           // the highest position seen; of 0 where the log was empty
    std::map<std::int64_t, std::int64_t> gaps_;  // position -> the first transaction that began later
    std::optional<std::int64_t> unsure_until_;   // what stands far before last_ may still come until this one began
};

}  // namespace stele::storage
