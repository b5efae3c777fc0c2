// Where a day begins: how far my languages are, what is assigned to me, what happened since I was last here.
#include <fmt/format.h>

#include <algorithm>

#include "server/digest_letter.hpp"
#include "server/http/percent.hpp"
#include "server/studio/board/coverage_view.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "server/studio/workflow/views.hpp"
#include "src/locale/format.hpp"
#include "src/workflow/assignments.hpp"
#include "src/workflow/grouped.hpp"

namespace stele::studio {
namespace {

constexpr int rows_of_each = 10;

bool is_mine(const std::vector<locale::Tag>& mine, const locale::Tag& tag) {
    return std::ranges::find(mine, tag) != mine.end();
}

// To all of them on the board: there they are filtered, and many are done at once.
ViewData all_assigned_view(App& app, const Call& call) {
    const auto count = workflow::assignment_count(store_of(app), call.session->user.id);
    const auto number = locale::format_number(count, call.language);
    auto view = view_object();
    put(view, "href", "/studio/board?assignee=" + http::percent_encoded(call.session->user.name));
    put(view, "text",
        word(app, call, "home.assigned.all", {{"count", count < workflow::most_counted ? number : number + "+"}}));
    return view;
}

ViewData assigned_view(App& app, const Call& call) {
    const auto page = workflow::list_assignments(store_of(app), {call.session->user.id, rows_of_each, std::nullopt});
    const workflow::Day today{std::chrono::floor<std::chrono::days>(app.now())};
    auto list = view_list();
    for (const auto& item : page.items) {
        const auto& e = item.work.edition;
        const auto& due = item.assignment.due;
        const bool late = due && *due < today;
        auto row = view_object();
        put(row, "href", text_path(e.article_id, e.locale));
        put(row, "text", e.title);
        put_language(row, e.title_locale);
        put(row, "where", language_label(call, e.locale));
        put(row, "overdue", late);
        put(row, "due",
            due ? ViewData(word(app, call, late ? "home.overdue" : "home.due",
                                {{"date", locale::format_date(*due, call.language, locale::DateStyle::medium)}}))
                : nothing());
        put(row, "state", state_view(app, call, e.state));
        append(list, std::move(row));
    }
    return list;
}

ViewData news_view(App& app, const Call& call) {
    const auto page = workflow::list_grouped(store_of(app), call.session->user.id, {true, rows_of_each, std::nullopt});
    if (page.items.empty()) return nothing();
    auto list = view_list();
    for (const auto& item : page.items) {
        auto row = view_object();
        const bool many = item.texts > 1;
        put(row, "href", address_of(item, call.session->user.name));
        put(row, "text", many ? word(app, call, "home.news.texts", {{"count", item.texts}}) : item.title);
        put_language(row, many ? call.language : item.title_locale);
        put(row, "what",
            word(app, call, fmt::format("home.news.{}", workflow::name_of(item.kind)), {{"name", item.actor}}));
        put(row, "where", language_label(call, item.locale));
        put(row, "since", time_view(app, call, item.at));
        append(list, std::move(row));
    }
    return list;
}

}  // namespace

http::Response show_home(App& app, const Call& call) {
    const auto mine = my_locales(app, call);
    auto coverage = worklist::coverage(store_of(app));
    std::erase_if(coverage, [&](const auto& one) { return !is_mine(mine, one.locale); });
    auto data = view_object();
    put(data, "none", coverage.empty());
    put(data, "cards", coverage_view(app, call, coverage));
    auto assigned = assigned_view(app, call);
    put(data, "empty", assigned.is_empty_list());
    put(data, "all", assigned.is_empty_list() ? nothing() : all_assigned_view(app, call));
    put(data, "assigned", std::move(assigned));
    put(data, "to_review", to_review_view(app, call));
    put(data, "news", news_view(app, call));
    put(data, "recent", recent_view(app, call));
    put(data, "all_news", "/studio/notifications");
    return page(app, call, "home", word(app, call, "home.title"), std::move(data));
}

http::Response first_work(App& app, const Call& call) {
    const auto mine = my_locales(app, call);
    if (mine.empty())
        throw Error(ErrorCode::forbidden, {},
                    {{"role", std::string(name_of(accounts::leading_role(call.caller->grants)))}});
    for (const auto& coverage : worklist::coverage(store_of(app)))
        if (to_do(coverage) > 0 && is_mine(mine, coverage.locale)) return see_other(worklist_path(coverage.locale));
    return see_other(worklist_path(mine.front()));
}

}  // namespace stele::studio
