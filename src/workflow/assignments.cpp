#include "src/workflow/assignments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <set>

#include "src/accounts/users.hpp"
#include "src/base/error.hpp"
#include "src/db/joined.hpp"
#include "src/storage/many.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/paging.hpp"
#include "src/workflow/people.hpp"
#include "src/workflow/place.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::workflow {
namespace {

constexpr std::int64_t no_day = std::numeric_limits<std::int64_t>::max();
constexpr size_t at_once = 100;

constexpr std::string_view selected =
    "SELECT s.id, s.article_id, s.locale, s.account_id, a.name, s.due, s.assigned_by, s.assigned_at FROM assignment s "
    "JOIN account a ON a.id = s.account_id ";

std::int64_t stored(const std::optional<Day>& day) {
    return day ? micros(std::chrono::time_point_cast<std::chrono::microseconds>(std::chrono::sys_days(*day))) : no_day;
}

std::optional<Day> day_from(std::int64_t due) {
    if (due == no_day) return std::nullopt;
    return Day(std::chrono::floor<std::chrono::days>(time_of(due)));
}

Assignment assignment_from(const db::Row& r) {
    return {.id = r.integer(0),
            .article_id = ArticleId(r.integer(1)),
            .locale = locale::Tag::stored(r.text(2)),
            .account = r.integer(3),
            .name = r.text(4),
            .due = day_from(r.integer(5)),
            .assigned_by = r.text(6),
            .assigned_at = time_of(r.integer(7))};
}

Person assignee_of(const std::vector<Person>& people, const AssignTo& to) {
    auto person = find_person(people, to.account);
    if (!person) throw Error(ErrorCode::invalid, {}, {}, {{"/account", "field.account", {{"name", to.account}}}});
    return *person;
}

void check_assignee(const Person& person, const locale::Tag& locale) {
    if (!accounts::can(person.known, accounts::Action::translate, locale))
        throw Error(ErrorCode::invalid, {}, {},
                    {{"/account", "field.no-translator", {{"name", person.known.name}, {"locale", locale.text()}}}});
}

// What there is to assign, by whom and when: of all places of one request.
struct Request {
    const Store& store;
    const std::vector<Person>& people;
    const accounts::Known& by;
    Time now{};
};

// Inside the transaction: of two who take a text at once, the second finds that it is taken.
void check_may(const std::optional<Assignment>& before, const TextPlace& place, const AssignTo* to,
               const accounts::Known& by) {
    using accounts::Action;
    if (accounts::can(by.grants, Action::review, place.locale)) return;
    const bool for_self = !to || to->account == by.name;
    if (!for_self || !accounts::can(by.grants, Action::translate, place.locale)) throw Error(ErrorCode::forbidden);
    if (!before || before->name == by.name) return;
    if (!to) throw Error(ErrorCode::forbidden);
    throw Error(ErrorCode::conflict, "assigned", {{"name", before->name}}, {}, {{"account", before->name}});
}

void tell_one(db::Transaction& t, const Request& request, Kind kind, const TextPlace& place, std::int64_t account,
              boost::json::object detail) {
    const auto by = find_person(request.people, request.by.name);
    tell(t, {kind, place.article_id, place.locale, request.by.name, std::move(detail), request.now}, {account},
         by ? std::optional(by->account) : std::nullopt);
}

struct Written {
    bool changed = false;
    std::optional<Assignment> before{}, after{};
};

// Who is disabled, or loses a language, loses the work there in the same transaction: until this one ends that waits.
void hold_account(db::Transaction& t, std::int64_t account) {
    t->run("UPDATE account SET grants = grants WHERE id = $1", account);
}

// As they are now: they may have left since they were looked up.
Person hold_assignee(db::Transaction& t, const Request& request, const AssignTo& to) {
    const auto person = assignee_of(request.people, to);
    hold_account(t, person.account);
    const auto user = accounts::find_user(*t, person.account);
    if (!user || user->disabled_at) return assignee_of({}, to);
    return person_of(*user);
}

Written write(db::Transaction& t, const Request& request, const TextPlace& place, const AssignTo& to) {
    const auto person = hold_assignee(t, request, to);
    check_assignee(person, place.locale);
    hold_place(t, request.store, place.article_id, place.locale);
    const auto before = find_assignment(*t, place.article_id, place.locale);
    check_may(before, place, &to, request.by);
    const bool same_person = before && before->account == person.account;
    if (same_person && before->due == to.due) return {false, before, before};
    t->run(
        "INSERT INTO assignment (article_id, locale, account_id, due, assigned_by, assigned_at) VALUES ($1, $2, $3, "
        "$4, $5, $6) ON CONFLICT (article_id, locale) DO UPDATE SET account_id = excluded.account_id, due = "
        "excluded.due, assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at",
        place.article_id, place.locale.text(), person.account, stored(to.due), request.by.name, request.now);
    auto made = find_assignment(*t, place.article_id, place.locale);
    boost::json::object detail{{"account", person.known.name}};
    if (to.due) detail["due"] = text_of(*to.due);
    log(t, request.now, "assign", place.article_id, place.locale, request.by.name, detail);
    if (!same_person) tell_one(t, request, Kind::assigned, place, person.account, detail);
    if (before && !same_person) tell_one(t, request, Kind::unassigned, place, before->account, detail);
    return {true, before, std::move(made)};
}

Written remove(db::Transaction& t, const Request& request, const TextPlace& place) {
    hold_place(t, request.store, place.article_id, place.locale);
    const auto before = find_assignment(*t, place.article_id, place.locale);
    check_may(before, place, nullptr, request.by);
    if (!before) return {};
    t->run("DELETE FROM assignment WHERE id = $1", before->id);
    log(t, request.now, "unassign", place.article_id, place.locale, request.by.name, {{"account", before->name}});
    tell_one(t, request, Kind::unassigned, place, before->account, {});
    return {true, before, std::nullopt};
}

// One of many: who is to have a place, and the act that it undoes, if it does.
struct Wanted {
    TextPlace place;
    std::optional<AssignTo> to;
    const AssignmentChange* undone = nullptr;
};

// What others changed since stays.
void check_stands(db::Transaction& t, const Request& request, const AssignmentChange& change) {
    hold_place(t, request.store, change.place.article_id, change.place.locale);
    const auto now = find_assignment(*t, change.place.article_id, change.place.locale);
    const auto& left = change.after;
    const bool stands = now && left
                            ? now->name == left->account && now->due == left->due && now->assigned_at == change.since
                            : !now && !left;
    if (stands) return;
    throw Error(ErrorCode::conflict, "assigned-since",
                {{"taken", std::string(now ? "yes" : "no")}, {"name", now ? now->name : std::string()}});
}

std::optional<AssignTo> as_asked(const std::optional<Assignment>& assignment) {
    if (!assignment) return std::nullopt;
    return AssignTo{assignment->name, assignment->due};
}

std::optional<AssignmentChange> do_one(db::Transaction& t, const Request& request, const Wanted& wanted) {
    if (wanted.undone) check_stands(t, request, *wanted.undone);
    const auto written = wanted.to ? write(t, request, wanted.place, *wanted.to) : remove(t, request, wanted.place);
    if (!written.changed) return std::nullopt;
    const auto since = written.after ? written.after->assigned_at : Time{};
    return AssignmentChange{wanted.place, as_asked(written.before), as_asked(written.after), since};
}

// What the place is in the way of; a fault of the storage is everybody's.
bool is_of_one_place(const Error& error) {
    return error.code() == ErrorCode::not_found || error.code() == ErrorCode::invalid ||
           error.code() == ErrorCode::forbidden || error.code() == ErrorCode::conflict;
}

// Of a deleted article, or of a locale that is not enabled now and so has no editions, there is nothing to do.
std::string page_sql(std::string_view after) {
    return fmt::format(
        "{}CROSS JOIN article x CROSS JOIN edition e WHERE s.account_id = $1{} AND x.id = s.article_id AND "
        "x.deleted_at "
        "IS NULL AND e.article_id = s.article_id AND e.locale = s.locale ORDER BY s.due, s.id LIMIT $2",
        selected, after);
}

std::vector<Assignment> read_page(db::Connection& c, const AssignmentQuery& query, const std::string& name, int limit) {
    if (!query.after) return c.all(page_sql(""), assignment_from, query.account, limit);
    const auto after = place_after(*query.after, name);
    return c.all(page_sql(" AND (s.due, s.id) > ($3, $4)"), assignment_from, query.account, limit, after.key, after.id);
}

}  // namespace

std::string text_of(const Day& day) {
    return fmt::format("{:04}-{:02}-{:02}", int(day.year()), unsigned(day.month()), unsigned(day.day()));
}

std::optional<Assignment> find_assignment(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    static const auto sql = std::string(selected) + "WHERE s.article_id = $1 AND s.locale = $2";
    return c.one(sql, assignment_from, id, locale.text());
}

std::optional<Assignment> find_assignment(const Store& store, ArticleId id, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) { return find_assignment(c, id, locale); });
}

std::vector<Assignment> find_assignments(const Store& store, const std::vector<ArticleId>& ids) {
    static const auto head = std::string(selected) + "WHERE s.article_id IN (";
    std::vector<db::Value> keys;
    for (const auto id : ids) keys.push_back(db::to_value(id));
    return store.db.reading([&](db::Connection& c) {
        std::vector<Assignment> found;
        storage::query_in(c, {head, ")"}, keys, [&](db::Row r) { found.push_back(assignment_from(r)); });
        return found;
    });
}

Assignment assign(const Store& store, ArticleId id, const locale::Tag& locale, const AssignTo& to,
                  const accounts::Known& by) {
    const auto people = find_people(store, {to.account, by.name});
    const Request request{store, people, by, store.now()};
    return store.db.writing([&](db::Transaction& t) { return write(t, request, {id, locale}, to).after.value(); });
}

bool unassign(const Store& store, ArticleId id, const locale::Tag& locale, const accounts::Known& by) {
    const auto people = find_people(store, {by.name});
    const Request request{store, people, by, store.now()};
    return store.db.writing([&](db::Transaction& t) { return remove(t, request, {id, locale}).before.has_value(); });
}

namespace {

std::set<std::int64_t> assignees_of(std::span<const Wanted> wanted, const std::vector<Person>& people) {
    std::set<std::int64_t> accounts;
    for (const auto& one : wanted)
        if (const auto person = one.to ? find_person(people, one.to->account) : std::nullopt)
            accounts.insert(person->account);
    return accounts;
}

// In one transaction.
BulkResult do_part(const Request& request, std::span<const Wanted> part) {
    auto& db = request.store.db;
    return db.writing([&](db::Transaction& t) {
        BulkResult done;
        for (const auto account : assignees_of(part, request.people)) hold_account(t, account);
        db::Joined joined(db, t);
        for (const auto& one : part) {
            try {
                auto change = joined.writing([&](db::Transaction& inner) { return do_one(inner, request, one); });
                ++done.done;
                if (change) done.changes.push_back(std::move(*change));
            } catch (const Error& error) {
                if (!is_of_one_place(error)) throw;
                done.refused.push_back({one.place, error});
            }
        }
        return done;
    });
}

void add(BulkResult& result, const BulkResult& part) {
    result.done += part.done;
    result.changes.insert(result.changes.end(), part.changes.begin(), part.changes.end());
    result.refused.insert(result.refused.end(), part.refused.begin(), part.refused.end());
}

BulkResult do_all(const Store& store, std::vector<Wanted> wanted, const std::vector<Person>& people,
                  const accounts::Known& by) {
    // In one order, people before texts, so that two who assign the same wait for each other and not in a circle.
    std::ranges::sort(wanted, {}, [](const Wanted& one) { return std::tuple(one.place.article_id, one.place.locale); });
    BulkResult result;
    // One time: it is one act, and whoever is told of it is told once (src/workflow/grouped.hpp).
    const Request request{store, people, by, store.now()};
    for (size_t from = 0; from < wanted.size(); from += at_once) {
        const auto part = std::span(wanted).subspan(from, std::min(at_once, wanted.size() - from));
        try {
            add(result, do_part(request, part));
        } catch (const Error& fault) {
            if (from == 0) throw;
            // What is done stays done, and whoever asked is told how far it went.
            for (const auto& one : std::span(wanted).subspan(from)) result.refused.push_back({one.place, fault});
            break;
        }
    }
    return result;
}

}  // namespace

BulkResult assign_many(const Store& store, std::span<const TextPlace> places, const std::optional<AssignTo>& to,
                       const accounts::Known& by) {
    const auto people = find_people(store, {to ? to->account : by.name, by.name});
    if (to) assignee_of(people, *to);
    std::vector<Wanted> wanted;
    for (const auto& place : places) wanted.push_back({place, to});
    return do_all(store, std::move(wanted), people, by);
}

BulkResult undo_assignments(const Store& store, std::span<const AssignmentChange> changes, const accounts::Known& by) {
    std::set<std::string> names{by.name};
    std::vector<Wanted> wanted;
    for (const auto& change : changes) {
        if (change.before) names.insert(change.before->account);
        wanted.push_back({change.place, change.before, &change});
    }
    return do_all(store, std::move(wanted), find_people(store, {names.begin(), names.end()}), by);
}

// As the board lists them by a person (worklist/board.cpp): an article once, at the first of its assignments. Each is
// looked up for itself, so that no planner joins whole tables.
std::int64_t assignment_count(const Store& store, std::int64_t account) {
    return store.db.reading([&](db::Connection& c) {
        return c
            .one(
                "SELECT COUNT(*) FROM (SELECT 1 FROM assignment s WHERE s.account_id = $1 AND (SELECT 1 FROM article a "
                "WHERE a.id = s.article_id AND a.deleted_at IS NULL) = 1 AND (SELECT COUNT(*) FROM assignment b WHERE "
                "b.article_id = s.article_id AND b.account_id + 0 = s.account_id AND (b.due, b.id) < (s.due, s.id)) = "
                "0 LIMIT $2) counted",
                [](db::Row r) { return r.integer(0); }, account, most_counted)
            .value_or(0);
    });
}

AssignmentPage list_assignments(const Store& store, const AssignmentQuery& query) {
    const auto limit = std::clamp(query.limit, 1, 200);
    const auto name = fmt::format("assignments {}", query.account);
    return store.db.reading([&](db::Connection& c) {
        AssignmentPage page;
        auto rows = read_page(c, query, name, limit + 1);
        if (rows.size() > size_t(limit)) {
            rows.pop_back();
            page.next = cursor_after({stored(rows.back().due), rows.back().id}, name);
        }
        for (auto& row : rows) {
            // Its editions may still be there for a while.
            if (!storage::read_site(c, store)->find_enabled(row.locale)) continue;
            auto work = worklist::find_edition(store, row.article_id, row.locale);
            if (!work) continue;
            auto review = find_review(store, row.article_id, row.locale);
            page.items.push_back({std::move(row), std::move(*work), std::move(review)});
        }
        return page;
    });
}

}  // namespace stele::workflow
