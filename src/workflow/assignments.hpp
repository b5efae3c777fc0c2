#pragma once
// Who is to translate what, until when. An assignment ends when it is taken back, given to somebody else, or when the
// text has been published with nothing left to do.
#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "src/accounts/roles.hpp"
#include "src/base/ids.hpp"
#include "src/storage/store.hpp"
#include "src/workflow/review.hpp"
#include "src/worklist/edition.hpp"

namespace stele::workflow {

using Day = std::chrono::year_month_day;

struct Assignment {
    std::int64_t id = 0;
    ArticleId article_id{};
    locale::Tag locale;
    std::int64_t account = 0;
    std::string name;  // of the account
    std::optional<Day> due;
    Actor assigned_by;
    Time assigned_at{};
};
std::optional<Assignment> find_assignment(db::Connection& c, ArticleId id, const locale::Tag& locale);
std::optional<Assignment> find_assignment(const Store& store, ArticleId id, const locale::Tag& locale);
// Of a page of a list, in whatever locale: one statement.
std::vector<Assignment> find_assignments(const Store& store, const std::vector<ArticleId>& ids);

struct AssignTo {
    std::string account;  // its name; it must be allowed to translate there (else invalid, "/account")
    std::optional<Day> due;
};
// Who reviews there gives work to anybody and takes it back; a translator takes what nobody has, and gives back their
// own. Whoever gets it and whoever had it is told. Throws not_found (article, locale), invalid, forbidden; conflict
// "assigned" where somebody else has taken it already.
Assignment assign(const Store& store, ArticleId id, const locale::Tag& locale, const AssignTo& to,
                  const accounts::Known& by);
// False when there was none.
bool unassign(const Store& store, ArticleId id, const locale::Tag& locale, const accounts::Known& by);

// Many at once, some hundred in a transaction: each for itself, so that one that cannot be is no harm to the others.
struct TextPlace {
    ArticleId article_id{};
    locale::Tag locale;
};
// What such an act changed, as far as undoing it has to know.
struct AssignmentChange {
    TextPlace place;
    std::optional<AssignTo> before, after;  // absent: nobody
    Time since{};                           // of `after`
};
struct BulkResult {
    std::int64_t done = 0;
    std::vector<AssignmentChange> changes;  // those of them that are not as they were
    struct Refused {
        TextPlace place;
        Error why;
    };
    std::vector<Refused> refused;
};
// `to` absent: takes them back. A fault after the first hundred is the reason why the rest is refused.
BulkResult assign_many(const Store& store, std::span<const TextPlace> places, const std::optional<AssignTo>& to,
                       const accounts::Known& by);
// As it was before: each place that is still as `changes` left it. The others are refused, conflict "assigned-since".
BulkResult undo_assignments(const Store& store, std::span<const AssignmentChange> changes, const accounts::Known& by);

struct AssignmentQuery {
    std::int64_t account = 0;
    int limit = 25;  // 1..200
    std::optional<std::string> after;
};
struct AssignedItem {
    Assignment assignment;
    worklist::WorkItem work;
    Review review;
};
struct AssignmentPage {
    std::vector<AssignedItem> items;  // of what is there to do; the one due first first, those without a day last
    std::optional<std::string> next;
};
// At most `most_counted` (src/workflow/notifications.hpp), by an index.
std::int64_t assignment_count(const Store& store, std::int64_t account);
AssignmentPage list_assignments(const Store& store, const AssignmentQuery& query);

// "2026-12-01"
std::string text_of(const Day& day);

}  // namespace stele::workflow
