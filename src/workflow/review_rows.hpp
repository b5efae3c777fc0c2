#pragma once
// Inside workflow/: rows of the table `review`.
#include <string>
#include <string_view>

#include "src/workflow/review.hpp"

namespace stele::workflow {

struct ReviewRow {
    std::int64_t id = 0;
    ArticleId article_id{};
    Review review;
    std::string text_hash;  // of the text that the last step was about
};

inline constexpr std::string_view review_columns =
    "r.id, r.article_id, r.status, r.requested_by, r.actor, r.note, r.version, r.text_hash, r.at, r.step";

inline ReviewRow review_from(const db::Row& r) {
    return {.id = r.integer(0),
            .article_id = ArticleId(r.integer(1)),
            .review = {.status = ReviewStatus(r.integer(2)),
                       .requested_by = r.text(3),
                       .actor = r.text(4),
                       .note = r.text(5),
                       .version = r.integer(6),
                       .at = time_of(r.integer(8)),
                       .step = r.integer(9)},
            .text_hash = r.bytes(7)};
}

}  // namespace stele::workflow
