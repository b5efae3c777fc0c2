#pragma once
// Where a translation stands between its translator and those who review: none → requested → changes requested or
// approved. It is no state of the edition, and no step of it changes a text or a version of one.
//
// A review is about a text. An approval holds for the text it was given to: when that changes it is none any more, and
// says so; when the change is taken back, it holds again. (Publishing and keeping change no text.)
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/accounts/roles.hpp"
#include "src/base/ids.hpp"
#include "src/editing/editing.hpp"
#include "src/storage/store.hpp"
#include "src/worklist/edition.hpp"

namespace stele::workflow {

enum class ReviewStatus { none, requested, changes_requested, approved };
std::string_view name_of(ReviewStatus status);  // "changes-requested"
std::optional<ReviewStatus> review_status_named(std::string_view name);

struct Review {
    ReviewStatus status = ReviewStatus::none;
    bool changed_since_approval = false;  // then the status is none
    Actor requested_by;                   // "" where nobody has asked
    Actor actor;                          // of the last step; "" where there is none
    std::string note;                     // of the last step
    std::int64_t version = 0;             // of the translation, that the last step was about
    std::optional<Time> at;
    std::int64_t step = 0;  // the last one's number; 0 where there is none
};
// Throws not_found (article, locale).
Review find_review(const Store& store, ArticleId id, const locale::Tag& locale);
// The same in a read of the caller's, for a text whose hash is known.
Review find_review(db::Connection& c, ArticleId id, const locale::Tag& locale, const std::string& text_hash);

// `seen`: the version of the translation that whoever decides has read. To approve it must be named
// (precondition_required), and where it is named it must be the present one (version_conflict): nobody approves what
// they have not seen. `seen_step`: the step of the review that they have seen, which has to be named where a review
// stands (precondition_required "review-step") and must be the last one (version_conflict "review-moved").
//
// Who translates may ask for a review, and take back what they have asked for; all else is for those who review
// (forbidden). Those whose request or decision it undoes are told. Throws not_found; conflict "review-nothing" where
// there is no text; invalid for a note of more than max_note_chars.
inline constexpr size_t max_note_chars = 2'000;
struct ReviewRequest {
    ReviewStatus status = ReviewStatus::requested;  // none: back to where nobody has asked
    std::string note;
    std::optional<std::int64_t> seen_step;
};
Review set_review(const Store& store, ArticleId id, const locale::Tag& locale, const ReviewRequest& request,
                  const editing::Expected& seen, const accounts::Known& by);
// version_conflict "review-moved" unless `seen_step` is the last one of the review as it is now.
void check_last_step(const Review& now, std::int64_t seen_step);
// Inside the transaction that publishes the text: a review that waits ends as approved by whoever publishes it. Without
// a `seen_step` only what was asked for ends so, and no decision of another.
void approve_by_publishing(db::Transaction& t, ArticleId id, const locale::Tag& locale,
                           std::optional<std::int64_t> seen_step, const Actor& actor, Time now);
// The same at a time that was set when `step` was the last one: conflict "review-changes" where changes were requested
// since. What was asked for since is not approved; nor is anything unless whoever set the time `decides`.
void approve_at_its_time(db::Transaction& t, ArticleId id, const locale::Tag& locale, std::int64_t step, bool decides,
                         const Actor& actor, Time now);

// As editing::delete_translation. A review is of a text, so it ends with it, and those who asked or decided are told.
void delete_translation(const Store& store, ArticleId id, const locale::Tag& locale, const editing::Expected& expected,
                        const Actor& actor);

struct ReviewStep {
    std::int64_t id = 0;
    ReviewStatus status{};
    Actor actor;
    std::string note;
    std::int64_t version = 0;
    Time at{};
};
// Newest first; `before`: an id, exclusive.
std::vector<ReviewStep> list_review_steps(const Store& store, ArticleId id, const locale::Tag& locale, int limit,
                                          std::optional<std::int64_t> before);

// What waits in a locale, the longest first: a range of one index.
struct ReviewQuery {
    locale::Tag locale;
    ReviewStatus status = ReviewStatus::requested;  // requested or changes_requested
    int limit = 25;                                 // 1..200
    std::optional<std::string> after;
};
struct ReviewItem {
    worklist::WorkItem work;
    Review review;
};
struct ReviewPage {
    std::vector<ReviewItem> items;  // of articles and translations that are there
    std::optional<std::string> next;
};
ReviewPage list_reviews(const Store& store, const ReviewQuery& query);

}  // namespace stele::workflow
