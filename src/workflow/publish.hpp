#pragma once
// Publishing by people: what it means to the review of the text.
#include "src/accounts/roles.hpp"
#include "src/publishing/publishing.hpp"

namespace stele::workflow {

// As publishing::publish. Where a review of this text waits, and whoever publishes may review, it ends as approved, in
// the same transaction: they have read what they publish. `seen_step`: the step of the review that they have seen, if
// they have looked (version_conflict "review-moved" where there is a later one).
editing::Version publish(const Store& store, ArticleId id, const locale::Tag& locale,
                         publishing::PublishRequest request, const editing::Expected& expected,
                         const accounts::Known& by, std::optional<std::int64_t> seen_step = {});

}  // namespace stele::workflow
