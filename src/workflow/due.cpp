// What is due on the schedule.
#include <fmt/format.h>

#include "src/db/joined.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/people.hpp"
#include "src/workflow/place.hpp"
#include "src/workflow/publish.hpp"
#include "src/workflow/schedule_rows.hpp"

namespace stele::workflow {
namespace {

constexpr size_t at_once = 100;
constexpr int tries = 5;

enum class Outcome { gone, done, refused };
struct Gone {};

// Whoever takes the row away does it; another who wanted to waits for that, and finds nothing.
void take_off(db::Transaction& t, const ScheduleRow& row, Time now) {
    if (t->run("DELETE FROM schedule WHERE id = $1 AND at <= $2", row.id, now) == 0) throw Gone{};
}

accounts::Known allowed_caller(const Store& store, const ScheduleRow& row) {
    auto caller = find_caller(store, row.actor, row.token);
    if (!accounts::can(caller, accounts::Action::publish, row.locale)) throw Error(ErrorCode::forbidden);
    return *caller;
}

editing::Expected present_version(const Store& store, ArticleId id, const locale::Tag& locale) {
    const auto text = editing::find_translation(store, id, locale);
    if (!text) throw Error(ErrorCode::not_found, "article");
    return editing::Expected::of(text->version.translation, text->version.source);
}

// All is computed before the transaction, as by whoever publishes at once; what it may still depend on is asked again
// in it.
void perform(const Store& store, const checks::Policy& checks, const ScheduleRow& row, Time now) {
    const auto by = allowed_caller(store, row);
    const auto within = [&](db::Transaction& t) {
        take_off(t, row, now);
        db::Joined joined(store.db, t);
        allowed_caller({joined, store.types, store.default_locale, store.now, store.collation}, row);
    };
    const auto seen = present_version(store, row.article_id, row.locale);
    if (row.what == What::publish)
        publish_at_its_time(store, row.article_id, row.locale,
                            {.incomplete = row.incomplete, .checks = &checks, .within = within}, seen, by,
                            row.review_step);
    else
        publishing::unpublish(store, row.article_id, row.locale, seen, by.name, within);
}

// All but faults of the moment, after which it is tried again.
bool is_final(const Error& error) {
    return error.code() != ErrorCode::storage_unavailable && error.code() != ErrorCode::overloaded &&
           error.code() != ErrorCode::outcome_unknown && error.code() != ErrorCode::version_conflict;
}

std::vector<std::int64_t> told_of_refusal(const Store& store, const ScheduleRow& row) {
    if (const auto person = find_person(store, row.actor)) return {person->account};
    std::vector<std::int64_t> accounts;
    for (const auto& person : list_people(store))
        if (accounts::can(person.known, accounts::Action::publish, row.locale)) accounts.push_back(person.account);
    return accounts;
}

void refuse(const Store& store, const ScheduleRow& row, const Error& error, Time now) {
    const auto reason = error.reason().empty() ? std::string(stele::name_of(error.code())) : error.reason();
    const boost::json::object detail{{"action", name_of(row.what)}, {"reason", reason}, {"at", rfc3339(row.at)}};
    const auto accounts = told_of_refusal(store, row);
    store.db.write([&](db::Transaction& t) {
        take_off(t, row, now);
        log(t, now, "schedule-failed", row.article_id, row.locale, row.actor, detail);
        tell(t, {Kind::schedule_failed, row.article_id, row.locale, row.actor, detail, now}, accounts);
    });
}

Outcome attempt(const Store& store, const checks::Policy& checks, const ScheduleRow& row, Time now) {
    for (int i = 1;; ++i) {
        try {
            perform(store, checks, row, now);
            return Outcome::done;
        } catch (const Error& error) {
            if (is_final(error)) {
                refuse(store, row, error, now);
                return Outcome::refused;
            }
            // Somebody wrote between the look at the text and its publication: then it is that text that is due.
            if (error.code() != ErrorCode::version_conflict || i == tries) throw;
        }
    }
}

Outcome take(const Store& store, const checks::Policy& checks, const ScheduleRow& row, Time now) {
    try {
        return attempt(store, checks, row, now);
    } catch (const Gone&) {
        return Outcome::gone;
    }
}

std::vector<ScheduleRow> due_rows(db::Connection& c, Time now) {
    static const auto sql =
        fmt::format("SELECT {} FROM schedule WHERE at <= $1 ORDER BY at, id LIMIT {}", schedule_columns, at_once);
    return c.all(sql, schedule_from, now);
}

std::optional<Time> next_time(db::Connection& c, Time now) {
    return c.one(
        "SELECT at FROM schedule WHERE at > $1 ORDER BY at LIMIT 1", [](db::Row r) { return time_of(r.integer(0)); },
        now);
}

}  // namespace

Due run_due(const Store& store, const checks::Policy& checks) {
    Due due;
    std::exception_ptr fault;
    for (size_t left = at_once; left == at_once && !fault;) {
        const Time now = store.now();
        const auto rows = store.db.reading([&](db::Connection& c) { return due_rows(c, now); });
        left = rows.size();
        for (const auto& row : rows) {
            // One that cannot be done now does not hold up those behind it.
            try {
                const auto outcome = take(store, checks, row, now);
                due.done += outcome == Outcome::done;
                due.refused += outcome == Outcome::refused;
            } catch (const std::exception&) {
                fault = std::current_exception();
            }
        }
    }
    if (fault) std::rethrow_exception(fault);
    const Time now = store.now();
    due.next = store.db.reading([&](db::Connection& c) { return next_time(c, now); });
    return due;
}

}  // namespace stele::workflow
