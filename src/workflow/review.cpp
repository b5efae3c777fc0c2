#include "src/workflow/review.hpp"

#include <fmt/format.h>

#include <array>
#include <limits>

#include "src/editing/save.hpp"
#include "src/editing/validate.hpp"
#include "src/storage/translations.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/people.hpp"
#include "src/workflow/place.hpp"
#include "src/workflow/review_rows.hpp"

namespace stele::workflow {
namespace {

constexpr std::array<std::string_view, 4> names{"none", "requested", "changes-requested", "approved"};

std::optional<ReviewRow> find_row(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    static const auto sql =
        fmt::format("SELECT {} FROM review r WHERE r.article_id = $1 AND r.locale = $2", review_columns);
    return c.one(sql, review_from, id, locale.text());
}

Review as_of(ReviewRow row, const std::string& text_hash) {
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

void check_version(const Place& place, const ReviewRequest& request, const editing::Expected& seen) {
    if (!place.frame) throw Error(ErrorCode::conflict, "review-nothing");
    if (seen.seen || request.status == ReviewStatus::approved) editing::check_whole_version(*place.frame, seen);
}

// As a message selects by it: ICU takes no hyphen there.
std::string_view word_of(ReviewStatus status) {
    return status == ReviewStatus::changes_requested ? "changes" : name_of(status);
}

// Law 5: a decision is about what its maker has seen of the review.
void check_step(const Review& now, const ReviewRequest& request) {
    if (request.seen_step) check_last_step(now, *request.seen_step);
    if (!request.seen_step && now.status != ReviewStatus::none)
        throw Error(ErrorCode::precondition_required, "review-step");
}

// Whatever stands there.
void check_may_ever(ReviewStatus wanted, const locale::Tag& locale, const accounts::Known& by) {
    using accounts::Action;
    const bool decides = wanted == ReviewStatus::approved || wanted == ReviewStatus::changes_requested;
    if (accounts::can(by.grants, Action::review, locale)) return;
    if (decides || !accounts::can(by.grants, Action::translate, locale)) throw Error(ErrorCode::forbidden);
}

// Of those who may ever.
bool may_take(const Review& now, ReviewStatus wanted, const locale::Tag& locale, const accounts::Known& by) {
    if (accounts::can(by.grants, accounts::Action::review, locale)) return true;
    if (wanted == ReviewStatus::requested) return now.status != ReviewStatus::approved;
    const bool own = now.status == ReviewStatus::requested && now.requested_by == by.name;
    return wanted == ReviewStatus::none && (own || now.status == ReviewStatus::none);
}

std::int64_t add_step(db::Transaction& t, ArticleId id, const locale::Tag& locale, const Review& review) {
    const auto step = t->one(
        "INSERT INTO review_step (article_id, locale, status, actor, note, version, at) VALUES ($1, $2, $3, $4, $5, "
        "$6, $7) RETURNING id",
        [](db::Row r) { return r.integer(0); }, id, locale.text(), review.status, review.actor, review.note,
        review.version, review.at.value());
    log(t, review.at.value(), "review", id, locale, review.actor,
        {{"status", name_of(review.status)}, {"version", review.version}, {"note", review.note}});
    return step.value();
}

Review write(db::Transaction& t, ArticleId id, const content::Frame& frame, Review review) {
    review.version = frame.version;
    review.step = add_step(t, id, frame.locale, review);
    t->run(
        "INSERT INTO review (article_id, locale, status, requested_by, actor, note, version, text_hash, at, step) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (article_id, locale) DO UPDATE SET status = "
        "excluded.status, requested_by = excluded.requested_by, actor = excluded.actor, note = excluded.note, "
        "version = excluded.version, text_hash = excluded.text_hash, at = excluded.at, step = excluded.step",
        id, frame.locale.text(), review.status, review.requested_by, review.actor, review.note, frame.version,
        db::Bytes{frame.text_hash}, review.at.value(), review.step);
    return review;
}

std::optional<std::int64_t> assignee(db::Connection& c, ArticleId id, const locale::Tag& locale) {
    return c.one(
        "SELECT account_id FROM assignment WHERE article_id = $1 AND locale = $2",
        [](db::Row r) { return r.integer(0); }, id, locale.text());
}

Kind kind_of(ReviewStatus status) {
    switch (status) {
        case ReviewStatus::requested:
            return Kind::review_requested;
        case ReviewStatus::approved:
            return Kind::approved;
        case ReviewStatus::changes_requested:
            return Kind::changes_requested;
        case ReviewStatus::none:
            break;
    }
    return Kind::review_withdrawn;
}

// Those whose work was decided on, and whose decision is undone.
void tell_concerned(db::Transaction& t, ArticleId id, const locale::Tag& locale, const Review& before,
                    const Review& review) {
    std::vector<std::int64_t> accounts;
    std::vector<Actor> concerned{before.requested_by};
    if (review.status == ReviewStatus::none) concerned.push_back(before.actor);
    for (const auto& name : concerned)
        if (const auto account = find_account(*t, name)) accounts.push_back(*account);
    if (const auto account = assignee(*t, id, locale)) accounts.push_back(*account);
    tell(t, {kind_of(review.status), id, locale, review.actor, {}, *review.at}, std::move(accounts),
         find_account(*t, review.actor));
}

void tell_reviewers(db::Transaction& t, ArticleId id, const locale::Tag& locale, const Review& review,
                    const std::vector<Person>& people) {
    std::vector<std::int64_t> accounts;
    for (const auto& person : people)
        if (accounts::can(person.known, accounts::Action::review, locale)) accounts.push_back(person.account);
    tell(t, {Kind::review_requested, id, locale, review.actor, {}, *review.at}, std::move(accounts),
         find_account(*t, review.actor));
}

Review next_of(const Review& before, const ReviewRequest& request, const Actor& actor, Time now) {
    Review next{
        .status = request.status, .requested_by = before.requested_by, .actor = actor, .note = request.note, .at = now};
    // A request that stands is its first asker's, whoever asks again.
    if (request.status == ReviewStatus::requested && before.status != ReviewStatus::requested)
        next.requested_by = actor;
    if (request.status == ReviewStatus::none) next.requested_by.clear();
    return next;
}

void approve(db::Transaction& t, ArticleId id, const content::Frame& frame, const Review& before, const Actor& actor,
             Time now) {
    const auto review = write(t, id, frame, next_of(before, {ReviewStatus::approved, {}, {}}, actor, now));
    tell_concerned(t, id, frame.locale, before, review);
}

}  // namespace

void check_last_step(const Review& now, std::int64_t seen_step) {
    if (seen_step == now.step) return;
    if (now.step == 0) throw Error(ErrorCode::version_conflict);  // the text was taken away, and its review with it
    throw Error(ErrorCode::version_conflict, "review-moved",
                {{"name", now.actor}, {"status", std::string(word_of(now.status))}}, {},
                {{"review", {{"step", now.step}, {"actor", now.actor}, {"status", name_of(now.status)}}}});
}

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
        return place.frame ? find_review(c, id, locale, place.frame->text_hash) : Review{};
    });
}

Review set_review(const Store& store, ArticleId id, const locale::Tag& locale, const ReviewRequest& request,
                  const editing::Expected& seen, const accounts::Known& by) {
    check_note(request.note);
    check_may_ever(request.status, locale, by);
    const bool asks = request.status == ReviewStatus::requested;
    const auto people = asks ? list_people(store) : std::vector<Person>{};
    const Time now = store.now();
    return store.db.writing([&](db::Transaction& t) {
        const auto place = hold_place(t, store, id, locale);
        check_version(place, request, seen);
        auto before = find_review(*t, id, locale, place.frame->text_hash);
        check_step(before, request);
        if (!may_take(before, request.status, locale, by)) throw Error(ErrorCode::forbidden);
        if (request.status == ReviewStatus::none && before.status == ReviewStatus::none) return before;
        auto review = write(t, id, *place.frame, next_of(before, request, by.name, now));
        if (asks)
            tell_reviewers(t, id, locale, review, people);
        else
            tell_concerned(t, id, locale, before, review);
        return review;
    });
}

void approve_by_publishing(db::Transaction& t, ArticleId id, const locale::Tag& locale,
                           std::optional<std::int64_t> seen_step, const Actor& actor, Time now) {
    const auto frame = storage::find_frame(*t, id, locale);
    if (!frame) return;
    const auto before = find_review(*t, id, locale, frame->text_hash);
    if (seen_step) check_step(before, {ReviewStatus::approved, {}, seen_step});
    const bool overrules = before.status == ReviewStatus::changes_requested && seen_step;
    if (before.status == ReviewStatus::requested || overrules) approve(t, id, *frame, before, actor, now);
}

void approve_at_its_time(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::int64_t step, bool decides,
                         const Actor& actor, Time now) {
    const auto frame = storage::find_frame(*t, id, locale);
    if (!frame) return;
    const auto before = find_review(*t, id, locale, frame->text_hash);
    const bool known = before.step == step;
    if (before.status == ReviewStatus::changes_requested && !known) throw Error(ErrorCode::conflict, "review-changes");
    if (before.status == ReviewStatus::requested && known && decides) approve(t, id, *frame, before, actor, now);
}

void delete_translation(const Store& store, ArticleId id, const locale::Tag& locale, const editing::Expected& expected,
                        const Actor& actor) {
    editing::delete_translation(store, id, locale, expected, actor, [&](db::Transaction& t) {
        const auto row = find_row(*t, id, locale);
        if (!row) return;
        t->run("DELETE FROM review WHERE article_id = $1 AND locale = $2", id, locale.text());
        if (row->review.status == ReviewStatus::none) return;
        auto last = next_of(row->review, {ReviewStatus::none, {}, {}}, actor, store.now());
        last.version = row->review.version;
        add_step(t, id, locale, last);
        tell_concerned(t, id, locale, row->review, last);
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

}  // namespace stele::workflow
