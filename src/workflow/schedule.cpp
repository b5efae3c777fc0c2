#include "src/workflow/schedule.hpp"

#include <fmt/format.h>

#include "src/db/joined.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/people.hpp"
#include "src/workflow/place.hpp"

namespace stele::workflow {
namespace {

enum class What { publish = 1, unpublish = 2 };
constexpr std::string_view name_of(What what) { return what == What::publish ? "publish" : "unpublish"; }

constexpr std::chrono::days farthest{5 * 366};
constexpr size_t at_once = 100;

struct Row {
    std::int64_t id = 0;
    ArticleId article_id{};
    locale::Tag locale;
    What what{};
    Time at{};
    bool incomplete = false;
    Actor actor;
};

constexpr std::string_view columns = "id, article_id, locale, action, at, incomplete, actor";

Row row_from(const db::Row& r) {
    return {.id = r.integer(0),
            .article_id = ArticleId(r.integer(1)),
            .locale = locale::Tag::stored(r.text(2)),
            .what = What(r.integer(3)),
            .at = time_of(r.integer(4)),
            .incomplete = r.boolean(5),
            .actor = r.text(6)};
}

Schedule read(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    static const auto sql = fmt::format("SELECT {} FROM schedule WHERE article_id = $1 AND locale = $2", columns);
    Schedule schedule;
    for (auto& row : c.all(sql, row_from, id, locale.text())) {
        (row.what == What::publish ? schedule.publish : schedule.unpublish) = Scheduled{row.at, std::move(row.actor)};
        if (row.what == What::publish) schedule.incomplete = row.incomplete;
    }
    return schedule;
}

void check(const ScheduleRequest& request, Time now) {
    FieldErrors errors;
    const auto check_time = [&](const char* pointer, const std::optional<Time>& at) {
        if (at && *at <= now) errors.push_back({pointer, "field.time-passed", {}});
        if (at && *at > now + farthest) errors.push_back({pointer, "field.time-far", {{"years", std::int64_t{5}}}});
    };
    check_time("/publish_at", request.publish_at);
    check_time("/unpublish_at", request.unpublish_at);
    if (request.publish_at && request.unpublish_at && *request.unpublish_at <= *request.publish_at)
        errors.push_back({"/unpublish_at", "field.time-order", {}});
    throw_if_any(std::move(errors));
}

void write(db::Transaction& t, const Row& row, Time now) {
    t->run(
        "INSERT INTO schedule (article_id, locale, action, at, incomplete, actor, created_at) VALUES ($1, $2, $3, $4, "
        "$5, $6, $7)",
        row.article_id, row.locale.text(), row.what, row.at, row.incomplete, row.actor, now);
}

editing::Expected present_version(const Store& store, ArticleId id, const locale::Tag& locale) {
    const auto text = editing::find_translation(store, id, locale);
    if (!text) throw Error(ErrorCode::not_found, "article");
    return editing::Expected::of(text->version.translation, text->version.source);
}

void perform(const Store& store, const checks::Policy& checks, const Row& row) {
    if (!accounts::can(find_caller(store, row.actor), accounts::Action::publish, row.locale))
        throw Error(ErrorCode::forbidden);
    const auto seen = present_version(store, row.article_id, row.locale);
    if (row.what == What::publish)
        publishing::publish(store, row.article_id, row.locale, {.incomplete = row.incomplete, .checks = &checks}, seen,
                            row.actor);
    else
        publishing::unpublish(store, row.article_id, row.locale, seen, row.actor);
}

// All but faults of the moment, after which it is tried again.
bool is_final(const Error& error) {
    return error.code() != ErrorCode::storage_unavailable && error.code() != ErrorCode::overloaded &&
           error.code() != ErrorCode::outcome_unknown;
}

void note_refusal(db::Transaction& t, const Store& store, const Row& row, const Error& error, Time now) {
    const auto reason = error.reason().empty() ? std::string(stele::name_of(error.code())) : error.reason();
    const boost::json::object detail{{"action", name_of(row.what)}, {"reason", reason}, {"at", rfc3339(row.at)}};
    log(t, now, "schedule-failed", row.article_id, row.locale, row.actor, detail);
    if (const auto person = find_person(store, row.actor))
        tell(t, {Kind::schedule_failed, row.article_id, row.locale, row.actor, detail, now}, {person->account});
}

enum class Outcome { gone, done, refused };

// Whoever takes the row away does it; another who wanted to waits for that, and finds nothing.
Outcome take(const Store& store, const checks::Policy& checks, const Row& row, Time now) {
    return store.db.writing([&](db::Transaction& t) {
        if (t->run("DELETE FROM schedule WHERE id = $1 AND at <= $2", row.id, now) == 0) return Outcome::gone;
        db::Joined joined(store.db, t);
        const Store inside{joined, store.types, store.default_locale, store.now, store.collation};
        try {
            perform(inside, checks, row);
            return Outcome::done;
        } catch (const Error& error) {
            if (!is_final(error)) throw;
            note_refusal(t, inside, row, error, now);
            return Outcome::refused;
        }
    });
}

std::vector<Row> due_rows(db::Connection& c, Time now) {
    static const auto sql =
        fmt::format("SELECT {} FROM schedule WHERE at <= $1 ORDER BY at, id LIMIT {}", columns, at_once);
    return c.all(sql, row_from, now);
}

std::optional<Time> next_time(db::Connection& c, Time now) {
    return c.one(
        "SELECT at FROM schedule WHERE at > $1 ORDER BY at LIMIT 1", [](db::Row r) { return time_of(r.integer(0)); },
        now);
}

}  // namespace

Schedule find_schedule(const Store& store, ArticleId id, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) {
        read_place(c, store, id, locale);
        return read(c, id, locale);
    });
}

Schedule set_schedule(const Store& store, ArticleId id, const locale::Tag& locale, const ScheduleRequest& request,
                      const Actor& actor) {
    const Time now = store.now();
    check(request, now);
    return store.db.writing([&](db::Transaction& t) {
        read_place(*t, store, id, locale);
        t->run("DELETE FROM schedule WHERE article_id = $1 AND locale = $2", id, locale.text());
        boost::json::object detail;
        const auto add = [&](What what, const std::optional<Time>& at) {
            if (!at) return;
            write(t, {0, id, locale, what, *at, request.incomplete, actor}, now);
            detail[name_of(what)] = rfc3339(*at);
        };
        add(What::publish, request.publish_at);
        add(What::unpublish, request.unpublish_at);
        log(t, now, "schedule", id, locale, actor, detail);
        return read(*t, id, locale);
    });
}

void clear_schedule(const Store& store, ArticleId id, const locale::Tag& locale, const Actor& actor) {
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        read_place(*t, store, id, locale);
        if (t->run("DELETE FROM schedule WHERE article_id = $1 AND locale = $2", id, locale.text()) > 0)
            log(t, now, "schedule", id, locale, actor);
    });
}

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
