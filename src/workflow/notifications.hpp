#pragma once
// What an account is told. Of one kind and one text there is at most one notification that is not read: what happens
// again raises its `times` and makes it new, so that nobody is told forty times of one article.
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "src/base/ids.hpp"
#include "src/locale/tag.hpp"
#include "src/storage/store.hpp"

namespace stele::workflow {

enum class Kind {
    assigned,
    unassigned,         // to whoever had it: it was given to somebody else, or taken back
    source_changed,     // a source that somebody translates: something is to do again
    review_requested,   // to those who may review there
    changes_requested,  // to whoever asked for the review, and to whom the text is assigned
    approved,           // the same
    review_withdrawn,   // to whoever had asked or decided: it does not stand any more
    comment,            // on one's own text, or in a thread that one takes part in
    mention,
    conflict,         // one's text was refused because somebody else had written there
    schedule_failed,  // what was to be published at a time could not be
};
std::string_view name_of(Kind kind);  // "source-changed"
std::optional<Kind> kind_named(std::string_view name);

struct Notification {
    std::int64_t id = 0;
    Kind kind{};
    ArticleId article_id{};
    std::string key;
    locale::Tag locale;
    std::string title;  // the worker's, as in a worklist
    locale::Tag title_locale;
    Actor actor;                 // who did it last
    boost::json::object detail;  // comment: {"comment", "segment"}; schedule-failed: {"action", "reason"}
    std::int64_t times = 1;
    std::int64_t texts = 1;  // that the same act told of, where they are listed as one (src/workflow/grouped.hpp)
    Time at{};
    std::optional<Time> read_at;
};

struct NotificationQuery {
    bool unread = false;
    int limit = 25;                    // 1..200
    std::optional<std::string> after;  // a cursor of the same query
};
struct NotificationPage {
    std::vector<Notification> items;  // newest first
    std::optional<std::string> next;
};
NotificationPage list_notifications(const Store& store, std::int64_t account, const NotificationQuery& query);
std::string list_name(std::int64_t account, bool unread);  // for its cursors

// At most `most_counted`: beyond it nobody counts. One read of an index.
inline constexpr std::int64_t most_counted = 100;
std::int64_t unread_count(const Store& store, std::int64_t account);

// Those of the account among these; the others are left as they are.
void read_notifications(const Store& store, std::int64_t account, const std::vector<std::int64_t>& ids);
// What was there when its reader saw the one with this `at`; not what came meanwhile.
void read_all_notifications(const Store& store, std::int64_t account, Time up_to);
// What is about one text, for whoever has it open.
bool has_unread_about(const Store& store, std::int64_t account, ArticleId id, const locale::Tag& locale);
void read_notifications_about(db::Transaction& t, std::int64_t account, ArticleId id, const locale::Tag& locale,
                              Time now);
// A save of this account was refused, since `other` had written there.
void tell_conflict(const Store& store, std::int64_t account, ArticleId id, const locale::Tag& locale,
                   const Actor& other);
// Older than 90 days and read, or older than a year. Called now and then.
void forget_notifications(const Store& store);

// ---- inside the transaction of what is told ----
struct Telling {
    Kind kind{};
    ArticleId article_id{};
    locale::Tag locale;
    Actor actor;
    boost::json::object detail;
    Time at{};
};
// Each account once; `but`: whoever did it.
void tell(db::Transaction& t, const Telling& what, std::vector<std::int64_t> accounts,
          std::optional<std::int64_t> but = {});

}  // namespace stele::workflow
