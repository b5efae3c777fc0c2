// What waits for a review in a locale, the longest first.
#include <fmt/format.h>

#include <algorithm>

#include "server/studio/choices.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/workflow/views.hpp"
#include "server/studio/workflow/workflow.hpp"
#include "server/urls.hpp"
#include "src/locale/format.hpp"
#include "src/workflow/review.hpp"

namespace stele::studio {
namespace {

using workflow::ReviewStatus;

constexpr int rows_per_page = 50, rows_at_home = 10;
constexpr ReviewStatus filters[] = {ReviewStatus::requested, ReviewStatus::changes_requested};

std::string address(const locale::Tag& locale, ReviewStatus status) {
    auto path = reviews_path(locale);
    if (status != ReviewStatus::requested) path += fmt::format("?status={}", workflow::name_of(status));
    return path;
}

ViewData link(const std::string& href, const std::string& text, bool current) {
    auto view = view_object();
    put(view, "href", href);
    put(view, "text", text);
    put(view, "current", current);
    return view;
}

ViewData row_view(const App& app, const Call& call, const workflow::ReviewItem& item) {
    const auto& e = item.work.edition;
    auto row = view_object();
    put(row, "href", text_path(e.article_id, e.locale));
    put(row, "text", e.title);
    put_language(row, e.title_locale);
    put(row, "where", language_label(call, e.locale));
    put(row, "type", type_name(app, call, item.work.type));
    put(row, "state", state_view(app, call, e.state));
    put(row, "left", text_or_nothing(left_text(app, call, e.segments)));
    put(row, "by", item.review.actor);
    put(row, "note", text_or_nothing(item.review.note));
    put(row, "since", time_view(app, call, item.review.at.value()));
    return row;
}

std::vector<locale::Tag> reviewed_locales(App& app, const Call& call) {
    auto locales = enabled_locales(app);
    std::erase_if(locales, [&](const auto& tag) { return !accounts::can(call.caller, accounts::Action::review, tag); });
    return locales;
}

}  // namespace

std::string reviews_path(const locale::Tag& locale) { return fmt::format("/studio/reviews/{}", locale.text()); }

http::Response list_reviews(App& app, const Call& call) {
    require(call, accounts::Action::read_drafts, std::nullopt);
    workflow::ReviewQuery query{.locale = locale_of(call), .limit = rows_per_page};
    if (call.request.query("status") == workflow::name_of(ReviewStatus::changes_requested))
        query.status = ReviewStatus::changes_requested;
    query.after = call.request.query("after");
    const auto list = workflow::list_reviews(store_of(app), query);
    auto data = view_object();
    auto tabs = view_list();
    for (const auto& tag : enabled_locales(app)) {
        append(tabs, link(address(tag, query.status), language_label(call, tag), tag == query.locale));
    }
    put(data, "tabs", std::move(tabs));
    auto choices = view_list();
    for (const auto status : filters)
        append(choices, link(address(query.locale, status),
                             word(app, call, fmt::format("editor.review-is-{}", workflow::name_of(status))),
                             status == query.status));
    put(data, "filters", std::move(choices));
    auto rows = view_list();
    for (const auto& item : list.items) append(rows, row_view(app, call, item));
    put(data, "rows", std::move(rows));
    put(data, "empty", list.items.empty());
    put(data, "back_href", worklist_path(query.locale));
    put(data, "next", list.next ? ViewData(target_with(call.request, "after", *list.next)) : nothing());
    const auto language = language_name(call, query.locale);
    return page(app, call, "workflow/reviews", word(app, call, "reviews.of", {{"language", language}}),
                std::move(data));
}

ViewData to_review_view(App& app, const Call& call) {
    const auto locales = reviewed_locales(app, call);
    auto items = view_list();
    auto all = view_list();
    int shown = 0;
    for (const auto& tag : locales) {
        const auto list =
            workflow::list_reviews(store_of(app), {.locale = tag, .limit = std::max(1, rows_at_home - shown)});
        if (list.items.empty()) continue;
        for (const auto& item : list.items)
            if (shown++ < rows_at_home) append(items, row_view(app, call, item));
        append(all,
               link(reviews_path(tag), word(app, call, "reviews.of", {{"language", language_name(call, tag)}}), false));
    }
    if (shown == 0) return nothing();
    auto view = view_object();
    put(view, "items", std::move(items));
    put(view, "all", std::move(all));
    return view;
}

}  // namespace stele::studio
