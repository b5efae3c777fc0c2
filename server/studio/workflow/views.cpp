#include "server/studio/workflow/views.hpp"

#include "server/studio/shell.hpp"
#include "src/locale/format.hpp"
#include "src/workflow/recent.hpp"
#include "src/workflow/review.hpp"

namespace stele::studio {
namespace {

constexpr size_t changes_shown = 10;
constexpr int steps_shown = 50;

ViewData change_view(const App& app, const Call& call, const workflow::RecentChange& change) {
    auto row = view_object();
    put(row, "href", text_path(change.article_id, change.locale));
    put(row, "text", change.title.empty() ? change.key : change.title);
    put_language(row, change.title_locale);
    put(row, "what", word(app, call, fmt::format("log.kind.{}", change.kind)));
    put(row, "by", locale::format_list(change.actors, call.language));
    put(row, "where", language_name(call, change.locale));
    put(row, "since", time_view(app, call, change.at));
    return row;
}

ViewData step_view(const App& app, const Call& call, const workflow::ReviewStep& step) {
    auto row = view_object();
    put(row, "what", word(app, call, fmt::format("review.step.{}", workflow::name_of(step.status))));
    put(row, "by", step.actor);
    put(row, "note", text_or_nothing(step.note));
    put(row, "since", time_view(app, call, step.at));
    return row;
}

ViewData items_or_nothing(ViewData items, bool any) {
    if (!any) return nothing();
    auto view = view_object();
    put(view, "items", std::move(items));
    return view;
}

}  // namespace

ViewData recent_view(App& app, const Call& call) {
    const auto since = workflow::begin_visit(store_of(app), call.session->user.id);
    const auto recent = workflow::changes_since(store_of(app), call.session->known(), since, changes_shown);
    auto items = view_list();
    for (const auto& change : recent.items) append(items, change_view(app, call, change));
    return items_or_nothing(std::move(items), !recent.items.empty());
}

ViewData review_steps_view(App& app, const Call& call, ArticleId id, const locale::Tag& locale) {
    const auto steps = workflow::list_review_steps(store_of(app), id, locale, steps_shown, std::nullopt);
    auto items = view_list();
    for (const auto& step : steps) append(items, step_view(app, call, step));
    return items_or_nothing(std::move(items), !steps.empty());
}

}  // namespace stele::studio
