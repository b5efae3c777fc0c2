#include "server/studio/workflow/views.hpp"

#include <fmt/format.h>

#include "server/studio/accounts/log_words.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/shell.hpp"
#include "src/locale/format.hpp"
#include "src/workflow/looks.hpp"
#include "src/workflow/recent.hpp"
#include "src/workflow/review.hpp"

namespace stele::studio {
namespace {

constexpr size_t changes_shown = 10, changes_shown_on_demand = 100;
constexpr int steps_shown = 50;

ViewData change_view(const App& app, const Call& call, const workflow::RecentChange& change) {
    auto row = view_object();
    put(row, "href", text_path(change.article_id, change.locale));
    put(row, "text", change.title.empty() ? change.key : change.title);
    put_language(row, change.title_locale);
    put(row, "what", kind_word(app, call, change.kind));
    auto actors = change.actors;
    for (auto& actor : actors) actor = actor_word(app, call, actor);
    // An import says by its kind who it was.
    put(row, "by", change.kind == "import" ? nothing() : ViewData(locale::format_list(actors, call.language)));
    put(row, "others",
        change.articles == 1
            ? nothing()
            : ViewData(word(app, call, change.at_least ? "home.recent.many-others" : "home.recent.others",
                            {{"count", change.articles - 1}})));
    put(row, "where", change.in_many_locales ? nothing() : ViewData(language_label(call, change.locale)));
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

// To more of them, on the same page; where those are not all either, it is said.
ViewData more_view(const App& app, const Call& call, bool on_demand) {
    auto view = view_object();
    put(view, "href", on_demand ? nothing() : ViewData(std::string("/studio?recent=all#recent")));
    put(view, "text", word(app, call, on_demand ? "home.recent.older" : "home.recent.more"));
    return view;
}

}  // namespace

ViewData recent_view(App& app, const Call& call) {
    const bool on_demand = call.request.query("recent") == "all";
    const auto since = app.looks->visited(store_of(app), call.session->user.id);
    const auto recent = workflow::changes_since(store_of(app), call.session->known(), since,
                                                on_demand ? changes_shown_on_demand : changes_shown);
    auto items = view_list();
    for (const auto& change : recent.items) append(items, change_view(app, call, change));
    auto view = items_or_nothing(std::move(items), !recent.items.empty());
    if (!recent.items.empty()) put(view, "more", recent.more ? more_view(app, call, on_demand) : nothing());
    return view;
}

ViewData review_steps_view(App& app, const Call& call, ArticleId id, const locale::Tag& locale) {
    const auto steps = workflow::list_review_steps(store_of(app), id, locale, steps_shown, std::nullopt);
    auto items = view_list();
    for (const auto& step : steps) append(items, step_view(app, call, step));
    return items_or_nothing(std::move(items), !steps.empty());
}

}  // namespace stele::studio
