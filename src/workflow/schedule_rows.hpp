#pragma once
// Inside workflow/: rows of the table `schedule`.
#include <string>
#include <string_view>

#include "src/workflow/schedule.hpp"

namespace stele::workflow {

enum class What { publish = 1, unpublish = 2 };
constexpr std::string_view name_of(What what) { return what == What::publish ? "publish" : "unpublish"; }

struct ScheduleRow {
    std::int64_t id = 0;
    ArticleId article_id{};
    locale::Tag locale;
    What what{};
    Time at{};
    bool incomplete = false;
    Actor actor;
    std::optional<std::int64_t> token;  // of an actor that is one
    std::int64_t review_step = 0;       // the last of the text's review when the time was set
};

inline constexpr std::string_view schedule_columns =
    "id, article_id, locale, action, at, incomplete, actor, token_id, review_step";

inline ScheduleRow schedule_from(const db::Row& r) {
    return {.id = r.integer(0),
            .article_id = ArticleId(r.integer(1)),
            .locale = locale::Tag::stored(r.text(2)),
            .what = What(r.integer(3)),
            .at = time_of(r.integer(4)),
            .incomplete = r.boolean(5),
            .actor = r.text(6),
            .token = r.optional_integer(7),
            .review_step = r.integer(8)};
}

}  // namespace stele::workflow
