#pragma once
// Publishing by people: what it means to the review of the text.
#include "src/accounts/roles.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::workflow {

// For PublishRequest: asks for the right to publish each locale (forbidden), and where a review of its text waits, and
// whoever publishes may review, ends it as approved: they have read what they publish. `seen_step`: the step of the
// review of `locale` that they have seen, if they have looked (version_conflict "review-moved" where there is a later
// one). Who has not looked overrules no reviewer: where changes were requested, that stands.
publishing::Each ending_reviews(const Store& store, ArticleId id, const locale::Tag& locale, const accounts::Known& by,
                                std::optional<std::int64_t> seen_step = {});
// As publishing::publish, with ending_reviews.
editing::Version publish(const Store& store, ArticleId id, const locale::Tag& locale,
                         publishing::PublishRequest request, const editing::Expected& expected,
                         const accounts::Known& by, std::optional<std::int64_t> seen_step = {});
// The same at a time that was set when `step` was the last of the review (0: none): conflict "review-changes" where
// changes were requested since, and a later request is left to those who review.
editing::Version publish_at_its_time(const Store& store, ArticleId id, const locale::Tag& locale,
                                     publishing::PublishRequest request, const editing::Expected& expected,
                                     const accounts::Known& by, std::int64_t step);

}  // namespace stele::workflow
