// The list of what waits for a review.
#include <fmt/format.h>

#include <algorithm>

#include "src/workflow/paging.hpp"
#include "src/workflow/review.hpp"
#include "src/workflow/review_rows.hpp"
#include "src/worklist/worklist.hpp"

namespace stele::workflow {
namespace {

std::string list_name(const ReviewQuery& query) {
    return fmt::format("reviews {} {}", query.locale.text(), name_of(query.status));
}

// Rows of what was deleted since stay, for when it is restored, and are passed over here: a page is as long as asked.
std::string sql_of(std::string_view after) {
    return fmt::format(
        "SELECT {} FROM review r CROSS JOIN article a CROSS JOIN translation t WHERE r.locale = $1 AND r.status = $2{} "
        "AND a.id = r.article_id AND a.deleted_at IS NULL AND t.article_id = r.article_id AND t.locale = r.locale "
        "ORDER "
        "BY r.at, r.id LIMIT $3",
        review_columns, after);
}

std::vector<ReviewRow> read_rows(db::Connection& c, const ReviewQuery& query, int limit) {
    if (!query.after) return c.all(sql_of(""), review_from, query.locale.text(), query.status, limit);
    const auto after = place_after(*query.after, list_name(query));
    return c.all(sql_of(" AND (r.at, r.id) > ($4, $5)"), review_from, query.locale.text(), query.status, limit,
                 after.key, after.id);
}

}  // namespace

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

}  // namespace stele::workflow
