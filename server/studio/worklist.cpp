// The worklist of my languages.
#include "src/worklist/worklist.hpp"

#include <fmt/format.h>

#include "server/studio/board/coverage_view.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "server/studio/workflow/views.hpp"
#include "server/studio/worklist_place.hpp"
#include "server/urls.hpp"
#include "src/locale/format.hpp"
#include "src/publishing/recent.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
using content::State;

constexpr State all_states[] = {State::untranslated, State::incomplete, State::outdated, State::ready, State::current};
constexpr std::string_view sort_names[] = {"title", "words", "age", "priority"};
constexpr int rows_per_page = 50;

struct Asked {
    worklist::Query query;
    std::string filter;  // "", "all" or a state
    std::string sort;
};

Asked asked_of(const Call& call) {
    Asked asked{.query = {.locale = locale_of(call)}};
    asked.query.limit = rows_per_page;
    asked.query.after = call.request.query("after");
    asked.filter = call.request.query("state").value_or("");
    if (asked.filter == "all") {
        asked.query.states.assign(std::begin(all_states), std::end(all_states));
    } else if (const auto state = content::state_named(asked.filter)) {
        asked.query.states = {*state};
    } else {
        asked.filter.clear();
    }
    asked.sort = call.request.query("sort").value_or("title");
    if (const auto sort = worklist::sort_named(asked.sort)) {
        asked.query.sort = *sort;
    } else {
        asked.sort = "title";
    }
    return asked;
}

std::string query_of(std::string_view filter, std::string_view sort) {
    std::string query;
    if (!filter.empty()) query = fmt::format("state={}", filter);
    if (sort != "title") query += fmt::format("{}sort={}", query.empty() ? "" : "&", sort);
    return query;
}

std::string address(const locale::Tag& locale, std::string_view filter, std::string_view sort) {
    return with_query(worklist_path(locale), query_of(filter, sort));
}

std::string text_address(const Asked& asked, ArticleId id) {
    return with_query(text_path(id, asked.query.locale), query_of(asked.filter, asked.sort));
}

std::int64_t count_of(const worklist::Coverage& coverage, std::string_view filter) {
    std::int64_t sum = filter == "all" ? coverage.source.articles : 0;
    for (const auto state : all_states) {
        const bool todo = state < State::ready;
        if (filter == "all" || (filter.empty() ? todo : content::name_of(state) == filter))
            sum += coverage.states[size_t(state)].articles;
    }
    return sum;
}

ViewData link(const std::string& href, const std::string& text, bool current) {
    auto view = view_object();
    put(view, "href", href);
    put(view, "text", text);
    put(view, "current", current);
    put(view, "count", false);
    put(view, "shape", false);
    return view;
}

const worklist::Coverage* coverage_in(const std::vector<worklist::Coverage>& all, const locale::Tag& tag) {
    for (const auto& one : all)
        if (one.locale == tag) return &one;
    return nullptr;
}

ViewData tabs_view(const Call& call, const std::vector<locale::Tag>& mine, const Asked& asked,
                   const std::vector<worklist::Coverage>& coverage) {
    auto tabs = view_list();
    for (const auto& tag : mine) {
        auto tab = link(address(tag, asked.filter, asked.sort), language_label(call, tag), tag == asked.query.locale);
        if (const auto* one = coverage_in(coverage, tag))
            put(tab, "count", locale::format_number(count_of(*one, ""), call.language));
        tabs << tab;
    }
    return tabs;
}

ViewData filters_view(const App& app, const Call& call, const Asked& asked, const worklist::Coverage* coverage) {
    auto filters = view_list();
    const auto add = [&](std::string_view filter, const std::string& text, const std::string& shape) {
        auto one = link(address(asked.query.locale, filter, asked.sort), text, filter == asked.filter);
        // Of the sources, too, so it is the worker's list that is counted: only where a counter answers the same.
        if (coverage && (filter.empty() || filter == "all" || content::state_named(filter).value() < State::ready))
            put(one, "count", locale::format_number(count_of(*coverage, filter), call.language));
        if (!shape.empty()) put(one, "shape", shape);
        filters << one;
    };
    add("", word(app, call, "studio.worklist.filter.todo"), {});
    for (const auto state : all_states) {
        const auto key = fmt::format("state.{}", content::name_of(state));
        add(content::name_of(state), word(app, call, key), word(app, call, key + ".shape"));
    }
    add("all", word(app, call, "studio.worklist.filter.all"), {});
    filters << link(reviews_path(asked.query.locale), word(app, call, "reviews.link"), false);
    return filters;
}

ViewData sorts_view(const App& app, const Call& call, const Asked& asked) {
    auto sorts = view_list();
    for (const auto name : sort_names)
        sorts << link(address(asked.query.locale, asked.filter, name),
                      word(app, call, fmt::format("studio.worklist.sort.{}", name)), name == asked.sort);
    return sorts;
}

ViewData row_view(const App& app, const Call& call, const Asked& asked, const worklist::WorkItem& item) {
    const auto& e = item.edition;
    auto row = view_object();
    put(row, "href", text_address(asked, e.article_id));
    put(row, "text", e.title);
    put_language(row, e.title_locale);
    put(row, "type", type_name(app, call, item.type));
    put(row, "source", word(app, call, "studio.source.in", {{"language", language_name(call, item.source_locale)}}));
    put(row, "is_source", e.is_source);
    put(row, "state", state_view(app, call, e.state));
    put(row, "pending", e.pending);
    put(row, "published", e.published);
    const auto counted = [&](std::string_view key, std::int64_t n) {
        return n == 0 ? nothing() : ViewData(word(app, call, key, {{"count", n}}));
    };
    put(row, "missing", counted("worklist.words-missing", e.words.missing));
    put(row, "is_outdated", counted("worklist.words-outdated", e.words.outdated));
    put(row, "progress", progress_view(app, call, e.segments, e.words));
    put(row, "since", time_view(app, call, e.since));
    put(row, "priority",
        e.priority == 0
            ? nothing()
            : ViewData(word(app, call, "studio.worklist.priority", {{"priority", std::int64_t(e.priority)}})));
    return row;
}

std::string why_empty(App& app, const Call& call, const locale::Tag& locale) {
    const auto recent = publishing::published_since(store_of(app), locale, app.now() - std::chrono::days(7));
    return word(app, call, "worklist.published-week", {{"count", recent}}) + " " +
           word(app, call, "studio.worklist.empty.detail");
}

}  // namespace

std::string worklist_query(const Call& call) {
    const auto asked = asked_of(call);
    return query_of(asked.filter, asked.sort);
}

std::string with_query(std::string path, const std::string& query) {
    return query.empty() ? std::move(path) : std::move(path) + "?" + query;
}

http::Response list_work(App& app, const Call& call) {
    require(call, Action::read_drafts, std::nullopt);
    const auto asked = asked_of(call);
    const auto store = store_of(app);
    const auto list = worklist::list(store, asked.query);
    const auto coverage = worklist::coverage(store);
    const auto language = language_name(call, asked.query.locale);

    auto data = view_object();
    put(data, "tabs", tabs_view(call, my_locales(app, call), asked, coverage));
    put(data, "filters", filters_view(app, call, asked, coverage_in(coverage, asked.query.locale)));
    put(data, "sorts", sorts_view(app, call, asked));
    auto rows = view_list();
    for (const auto& item : list.items) rows << row_view(app, call, asked, item);
    put(data, "rows", rows);
    put(data, "href", with_query(worklist_path(asked.query.locale) + "/next", query_of(asked.filter, asked.sort)));
    put(data, "empty", list.items.empty());
    const bool todo = asked.filter.empty();
    put(data, "lead",
        word(app, call, todo ? "studio.worklist.empty" : "studio.worklist.none", {{"language", language}}));
    put(data, "detail", todo && list.items.empty() ? ViewData(why_empty(app, call, asked.query.locale)) : nothing());
    put(data, "notice", call.request.query("done") ? ViewData(word(app, call, "studio.worklist.done")) : nothing());
    put(data, "next", list.next ? ViewData(target_with(call.request, "after", *list.next)) : nothing());
    return page(app, call, "worklist", word(app, call, "studio.worklist.of", {{"language", language}}),
                std::move(data));
}

http::Response next_work(App& app, const Call& call) {
    require(call, Action::read_drafts, std::nullopt);
    auto asked = asked_of(call);
    std::optional<ArticleId> after;
    if (const auto article = editing::find_article(store_of(app), call.request.query("after").value_or("")))
        after = article->id;
    const auto next = worklist::next_to_do(store_of(app), asked.query, after);
    if (next) return see_other(text_address(asked, *next));
    const auto query = query_of(asked.filter, asked.sort);
    return see_other(with_query(worklist_path(asked.query.locale), query.empty() ? "done=1" : query + "&done=1"));
}

}  // namespace stele::studio
