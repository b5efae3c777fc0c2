#include "src/workflow/assignments.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <limits>

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

Assignment write(db::Transaction& t, const Request& request, const TextPlace& place, const AssignTo& to) {
    const auto person = assignee_of(request.people, to);
    check_assignee(person, place.locale);
    hold_place(t, request.store, place.article_id, place.locale);
    const auto before = find_assignment(*t, place.article_id, place.locale);
    check_may(before, place, &to, request.by);
    const bool same_person = before && before->account == person.account;
    if (same_person && before->due == to.due) return *before;
    t->run(
        "INSERT INTO assignment (article_id, locale, account_id, due, assigned_by, assigned_at) VALUES ($1, $2, $3, "
        "$4, $5, $6) ON CONFLICT (article_id, locale) DO UPDATE SET account_id = excluded.account_id, due = "
        "excluded.due, assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at",
        place.article_id, place.locale.text(), person.account, stored(to.due), request.by.name, request.now);
    const auto made = find_assignment(*t, place.article_id, place.locale).value();
    boost::json::object detail{{"account", person.known.name}};
    if (to.due) detail["due"] = text_of(*to.due);
    log(t, request.now, "assign", place.article_id, place.locale, request.by.name, detail);
    if (!same_person) tell_one(t, request, Kind::assigned, place, person.account, detail);
    if (before && !same_person) tell_one(t, request, Kind::unassigned, place, before->account, detail);
    return made;
}

bool remove(db::Transaction& t, const Request& request, const TextPlace& place) {
    hold_place(t, request.store, place.article_id, place.locale);
    const auto before = find_assignment(*t, place.article_id, place.locale);
    check_may(before, place, nullptr, request.by);
    if (!before) return false;
    t->run("DELETE FROM assignment WHERE id = $1", before->id);
    log(t, request.now, "unassign", place.article_id, place.locale, request.by.name, {{"account", before->name}});
    tell_one(t, request, Kind::unassigned, place, before->account, {});
    return true;
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
    return store.db.writing([&](db::Transaction& t) { return write(t, request, {id, locale}, to); });
}

bool unassign(const Store& store, ArticleId id, const locale::Tag& locale, const accounts::Known& by) {
    const auto people = find_people(store, {by.name});
    const Request request{store, people, by, store.now()};
    return store.db.writing([&](db::Transaction& t) { return remove(t, request, {id, locale}); });
}

BulkResult assign_many(const Store& store, std::span<const TextPlace> places, const std::optional<AssignTo>& to,
                       const accounts::Known& by) {
    const auto people = find_people(store, {to ? to->account : by.name, by.name});
    if (to) assignee_of(people, *to);
    // In one order, so that two who assign the same texts wait for each other and not in a circle.
    std::vector<TextPlace> sorted(places.begin(), places.end());
    std::ranges::sort(sorted, {}, [](const TextPlace& place) { return std::tuple(place.article_id, place.locale); });
    BulkResult result;
    for (size_t from = 0; from < sorted.size(); from += at_once) {
        const auto part = std::span(sorted).subspan(from, std::min(at_once, sorted.size() - from));
        const Request request{store, people, by, store.now()};
        const auto of_part = store.db.writing([&](db::Transaction& t) {
            BulkResult done;
            db::Joined joined(store.db, t);
            for (const auto& place : part) {
                try {
                    joined.write([&](db::Transaction& inner) {
                        if (to)
                            write(inner, request, place, *to);
                        else
                            remove(inner, request, place);
                    });
                    ++done.done;
                } catch (const Error& error) {
                    if (!is_of_one_place(error)) throw;
                    done.refused.push_back({place, error});
                }
            }
            return done;
        });
        result.done += of_part.done;
        result.refused.insert(result.refused.end(), of_part.refused.begin(), of_part.refused.end());
    }
    return result;
}

std::int64_t assignment_count(const Store& store, std::int64_t account) {
    return store.db.reading([&](db::Connection& c) {
        return c
            .one(
                "SELECT COUNT(*) FROM (SELECT 1 FROM assignment WHERE account_id = $1 LIMIT $2) s",
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
