#include "src/workflow/review.hpp"

#include <algorithm>
#include <array>

#include "src/editing/save.hpp"
#include "src/editing/validate.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/paging.hpp"
#include "src/workflow/people.hpp"
#include "src/workflow/place.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::workflow {
namespace {

constexpr std::array<std::string_view, 4> names{"none", "requested", "changes-requested", "approved"};

struct Row {
    ArticleId article_id{};
    Review review;
    std::string text_hash;
    std::int64_t id = 0;
};

constexpr std::string_view columns = "id, article_id, status, requested_by, actor, note, version, text_hash, at";

Row row_from(const db::Row& r) {
    return {.article_id = ArticleId(r.integer(1)),
            .review = {.status = ReviewStatus(r.integer(2)),
                       .requested_by = r.text(3),
                       .actor = r.text(4),
                       .note = r.text(5),
                       .version = r.integer(6),
                       .at = time_of(r.integer(8))},
            .text_hash = r.bytes(7),
            .id = r.integer(0)};
}

std::optional<Row> find_row(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    static const auto sql = fmt::format("SELECT {} FROM review WHERE article_id = $1 AND locale = $2", columns);
    return c.one(sql, row_from, id, locale.text());
}

Review as_of(Row row, const std::string& text_hash) {
    if (row.review.status == ReviewStatus::approved && row.text_hash != text_hash) {
        row.review.status = ReviewStatus::none;
        row.review.changed_since_approval = true;
    }
    return std::move(row.review);
}

void check_note(const std::string& note) {
    FieldErrors errors;
    editing::check_text(errors, "/note", note, max_note_chars, true);
    throw_if_any(std::move(errors));
}

void check_seen(const Place& place, const ReviewRequest& request, const editing::Expected& seen) {
    if (!place.frame) throw Error(ErrorCode::conflict, "review-nothing");
    if (seen.seen || request.status == ReviewStatus::approved) editing::check_whole_version(*place.frame, seen);
}

void write(db::Transaction& t, ArticleId id, const Place& place, const Review& review, Time now) {
    const auto& frame = *place.frame;
    t->run(
        "INSERT INTO review (article_id, locale, status, requested_by, actor, note, version, text_hash, at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (article_id, locale) DO UPDATE SET status = "
        "excluded.status, requested_by = excluded.requested_by, actor = excluded.actor, note = excluded.note, "
        "version = excluded.version, text_hash = excluded.text_hash, at = excluded.at",
        id, frame.locale.text(), review.status, review.requested_by, review.actor, review.note, frame.version,
        db::Bytes{frame.text_hash}, now);
    t->run(
        "INSERT INTO review_step (article_id, locale, status, actor, note, version, at) VALUES ($1, $2, $3, $4, $5, "
        "$6, $7)",
        id, frame.locale.text(), review.status, review.actor, review.note, frame.version, now);
    log(t, now, "review", id, frame.locale, review.actor,
        {{"status", name_of(review.status)}, {"version", frame.version}});
}

std::optional<std::int64_t> assignee(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    return c.one(
        "SELECT account_id FROM assignment WHERE article_id = $1 AND locale = $2",
        [](db::Row r) { return r.integer(0); }, id, locale.text());
}

// Who waits for this step: those who may decide, or those whose work was decided on.
void tell_of(db::Transaction& t, ArticleId id, const locale::Tag& locale, const Review& review,
             const std::vector<Person>& people) {
    std::vector<std::int64_t> accounts;
    auto kind = Kind::review_requested;
    if (review.status == ReviewStatus::requested) {
        for (const auto& person : people)
            if (accounts::can(person.known, accounts::Action::review, locale)) accounts.push_back(person.account);
    } else {
        kind = review.status == ReviewStatus::approved ? Kind::approved : Kind::changes_requested;
        if (const auto asked = find_person(people, review.requested_by)) accounts.push_back(asked->account);
        if (const auto account = assignee(*t, id, locale)) accounts.push_back(*account);
    }
    const auto actor = find_person(people, review.actor);
    tell(t, {kind, id, locale, review.actor, {}, *review.at}, std::move(accounts),
         actor ? std::optional(actor->account) : std::nullopt);
}

std::string list_name(const ReviewQuery& query) {
    return fmt::format("reviews {} {}", query.locale.text(), name_of(query.status));
}

std::vector<Row> read_rows(db::Connection& c, const ReviewQuery& query, int limit) {
    const auto sql = [&](std::string_view after) {
        return fmt::format("SELECT {} FROM review WHERE locale = $1 AND status = $2{} ORDER BY at, id LIMIT $3",
                           columns, after);
    };
    if (!query.after) return c.all(sql(""), row_from, query.locale.text(), query.status, limit);
    const auto after = place_after(*query.after, list_name(query));
    return c.all(sql(" AND (at, id) > ($4, $5)"), row_from, query.locale.text(), query.status, limit, after.key,
                 after.id);
}

}  // namespace

std::string_view name_of(ReviewStatus status) { return names.at(size_t(status)); }

std::optional<ReviewStatus> review_status_named(std::string_view name) {
    for (size_t i = 0; i < names.size(); ++i)
        if (names[i] == name) return ReviewStatus(i);
    return std::nullopt;
}

Review find_review(db::Connection& c, ArticleId id, const locale::Tag& locale, const std::string& text_hash) {
    auto row = find_row(c, id, locale);
    return row ? as_of(std::move(*row), text_hash) : Review{};
}

Review find_review(const Store& store, ArticleId id, const locale::Tag& locale) {
    return store.db.reading([&](db::Connection& c) {
        const auto place = read_place(c, store, id, locale);
        // Of a translation that was taken away nothing holds any more.
        return place.frame ? find_review(c, id, locale, place.frame->text_hash) : Review{};
    });
}

Review set_review(const Store& store, ArticleId id, const locale::Tag& locale, const ReviewRequest& request,
                  const editing::Expected& seen, const Actor& actor) {
    check_note(request.note);
    const auto people = request.status == ReviewStatus::none ? std::vector<Person>{} : list_people(store);
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        const auto place = read_place(*t, store, id, locale);
        if (!place.frame && request.status == ReviewStatus::none) {
            // Of a translation that was taken away a request may still stand in the list.
            t->run("DELETE FROM review WHERE article_id = $1 AND locale = $2", id, locale.text());
            return Review{};
        }
        check_seen(place, request, seen);
        const auto before = find_row(*t, id, locale);
        Review review{.status = request.status,
                      .requested_by = before ? before->review.requested_by : Actor(),
                      .actor = actor,
                      .note = request.note,
                      .version = place.version(),
                      .at = now};
        if (request.status == ReviewStatus::requested) review.requested_by = actor;
        if (request.status == ReviewStatus::none) review.requested_by.clear();
        write(t, id, place, review, now);
        if (request.status != ReviewStatus::none) tell_of(t, id, locale, review, people);
        return review;
    });
}

std::vector<ReviewStep> list_review_steps(const Store& store, ArticleId id, const locale::Tag& locale, int limit,
                                          std::optional<std::int64_t> before) {
    constexpr auto last = std::numeric_limits<std::int64_t>::max();
    return store.db.reading([&](db::Connection& c) {
        return c.all(
            "SELECT id, status, actor, note, version, at FROM review_step WHERE article_id = $1 AND locale = $2 AND "
            "id < $3 ORDER BY id DESC LIMIT $4",
            [](db::Row r) {
                return ReviewStep{r.integer(0), ReviewStatus(r.integer(1)), r.text(2), r.text(3),
                                  r.integer(4), time_of(r.integer(5))};
            },
            id, locale.text(), before.value_or(last), limit);
    });
}

ReviewPage list_reviews(const Store& store, const ReviewQuery& query) {
    const auto limit = std::clamp(query.limit, 1, 200);
    return store.db.reading([&](db::Connection& c) {
        ReviewPage page;
        auto rows = read_rows(c, query, limit + 1);
        if (rows.size() > size_t(limit)) {
            rows.pop_back();
            const auto& last = rows.back();
            page.next = cursor_after({micros(last.review.at.value()), last.id}, list_name(query));
        }
        for (auto& row : rows)
            if (auto work = worklist::find_edition(store, row.article_id, query.locale))
                page.items.push_back({std::move(*work), std::move(row.review)});
        return page;
    });
}

std::int64_t count_reviews(const Store& store, const locale::Tag& locale, ReviewStatus status) {
    return store.db.reading([&](db::Connection& c) {
        return c
            .one(
                "SELECT COUNT(*) FROM (SELECT 1 FROM review WHERE locale = $1 AND status = $2 LIMIT $3) r",
                [](db::Row r) { return r.integer(0); }, locale.text(), status, most_counted)
            .value_or(0);
    });
}

}  // namespace stele::workflow
