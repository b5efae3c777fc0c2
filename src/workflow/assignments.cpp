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

Assignment write(db::Transaction& t, const Store& store, const TextPlace& place, const AssignTo& to,
                 const std::vector<Person>& people, const Actor& actor, Time now) {
    const auto person = assignee_of(people, to);
    check_assignee(person, place.locale);
    read_place(*t, store, place.article_id, place.locale);
    const auto before = find_assignment(*t, place.article_id, place.locale);
    const bool same_person = before && before->account == person.account;
    if (same_person && before->due == to.due) return *before;
    t->run(
        "INSERT INTO assignment (article_id, locale, account_id, due, assigned_by, assigned_at) VALUES ($1, $2, $3, "
        "$4, $5, $6) ON CONFLICT (article_id, locale) DO UPDATE SET account_id = excluded.account_id, due = "
        "excluded.due, assigned_by = excluded.assigned_by, assigned_at = excluded.assigned_at",
        place.article_id, place.locale.text(), person.account, stored(to.due), actor, now);
    boost::json::object detail{{"account", person.known.name}};
    if (to.due) detail["due"] = text_of(*to.due);
    log(t, now, "assign", place.article_id, place.locale, actor, detail);
    const auto by = find_person(people, actor);
    if (!same_person)
        tell(t, {Kind::assigned, place.article_id, place.locale, actor, detail, now}, {person.account},
             by ? std::optional(by->account) : std::nullopt);
    return find_assignment(*t, place.article_id, place.locale).value();
}

bool remove(db::Transaction& t, const TextPlace& place, const Actor& actor, Time now) {
    const auto before = find_assignment(*t, place.article_id, place.locale);
    if (!before) return false;
    t->run("DELETE FROM assignment WHERE id = $1", before->id);
    log(t, now, "unassign", place.article_id, place.locale, actor, {{"account", before->name}});
    return true;
}

std::vector<Assignment> read_page(db::Connection& c, const AssignmentQuery& query, const std::string& name, int limit) {
    constexpr std::string_view order = " ORDER BY s.due, s.id LIMIT $2";
    if (!query.after)
        return c.all(fmt::format("{}WHERE s.account_id = $1{}", selected, order), assignment_from, query.account,
                     limit);
    const auto after = place_after(*query.after, name);
    return c.all(fmt::format("{}WHERE s.account_id = $1 AND (s.due, s.id) > ($3, $4){}", selected, order),
                 assignment_from, query.account, limit, after.key, after.id);
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

Assignment assign(const Store& store, ArticleId id, const locale::Tag& locale, const AssignTo& to, const Actor& actor) {
    const auto people = list_people(store);
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) { return write(t, store, {id, locale}, to, people, actor, now); });
}

bool unassign(const Store& store, ArticleId id, const locale::Tag& locale, const Actor& actor) {
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        read_place(*t, store, id, locale);
        return remove(t, {id, locale}, actor, now);
    });
}

BulkResult assign_many(const Store& store, std::span<const TextPlace> places, const std::optional<AssignTo>& to,
                       const Actor& actor) {
    const auto people = list_people(store);
    if (to) assignee_of(people, *to);
    BulkResult result;
    for (size_t from = 0; from < places.size(); from += at_once) {
        const auto part = places.subspan(from, std::min(at_once, places.size() - from));
        const Time now = store.now();
        const auto of_part = store.db.writing([&](db::Transaction& t) {
            BulkResult done;
            db::Joined joined(store.db, t);
            for (const auto& place : part) {
                try {
                    joined.write([&](db::Transaction& inner) {
                        if (to)
                            write(inner, store, place, *to, people, actor, now);
                        else
                            remove(inner, place, actor, now);
                    });
                    ++done.done;
                } catch (const Error& error) {
                    // What the place is in the way of; a fault of the storage is everybody's.
                    if (error.code() != ErrorCode::not_found && error.code() != ErrorCode::invalid) throw;
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
            // Of a deleted article, or a locale that is not enabled now, there is nothing to do.
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
