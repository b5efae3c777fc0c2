#pragma once
// Pieces of other pages that say what people agreed on around texts.
#include "server/call.hpp"
#include "server/views.hpp"

namespace stele::studio {

// What others did since the caller was last here: {"items", "more"}; false where that is nothing.
// ?recent=all: more than the last few.
ViewData recent_view(App& app, const Call& call);
std::string reviews_path(const locale::Tag& locale);
// What waits for the caller's review, the longest of each language first: {"items", "all": links to the lists}; false
// where that is nothing.
ViewData to_review_view(App& app, const Call& call);
// The steps of a text's review, newest first: {"items"}; false where there is none.
ViewData review_steps_view(App& app, const Call& call, ArticleId id, const locale::Tag& locale);

}  // namespace stele::studio
