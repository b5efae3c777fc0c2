#include "server/studio/board/board.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/studio/board/coverage_view.hpp"
#include "server/studio/board/paging.hpp"
#include "server/studio/choices.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/locale/digits.hpp"
#include "src/locale/format.hpp"
#include "src/storage/site.hpp"
#include "src/workflow/assignments.hpp"
#include "src/workflow/grouped.hpp"
#include "src/workflow/people.hpp"
#include "src/workflow/translators.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
using content::State;

constexpr State all_states[] = {State::untranslated, State::incomplete, State::outdated, State::ready, State::current};
constexpr int rows_per_page = 25;
constexpr int most_people = 200;  // to choose from; where there are more, a name is typed

struct Asked {
    worklist::BoardQuery query;
    std::string assignee;
    bool is_filtered() const { return query.state || query.type || !query.text.empty() || !assignee.empty(); }
};

Asked asked_of(App& app, const Call& call, const std::vector<locale::Tag>& tags) {
    Asked asked{.query = {.locale = titles_in(app, call, tags), .limit = rows_per_page}};
    asked.query.state = content::state_named(call.request.query("state").value_or(""));
    if (const auto type = call.request.query("type"); type && !type->empty()) asked.query.type = type;
    asked.query.text = call.request.query("q").value_or("");
    asked.query.after = call.request.query("after");
    asked.assignee = call.request.query("assignee").value_or("");
    return asked;
}

// False where nobody has the name.
bool resolve_assignee(App& app, Asked& asked) {
    const auto person = workflow::find_person(store_of(app), asked.assignee);
    if (person) asked.query.assignee = person->account;
    return person.has_value();
}

worklist::Board board_for(App& app, Asked& asked) {
    if (!asked.assignee.empty() && !resolve_assignee(app, asked)) return {};
    return worklist::board(store_of(app), asked.query);
}

std::string cell_word(const App& app, const Call& call, const content::Edition& e) {
    if (e.is_source) return word(app, call, "studio.is-source");
    if (e.state == State::incomplete)
        return word(app, call, "studio.worklist.missing", {{"count", e.segments.missing}});
    if (e.state == State::outdated)
        return word(app, call, "studio.worklist.outdated", {{"count", e.segments.outdated}});
    return word(app, call, fmt::format("state.{}", content::name_of(e.state)));
}

ViewData cell_view(const App& app, const Call& call, const content::Edition& e,
                   const std::vector<workflow::Assignment>& assignments) {
    auto cell = state_view(app, call, e.state);
    put(cell, "word", cell_word(app, call, e));
    put(cell, "href", text_path(e.article_id, e.locale));
    put(cell, "where", language_label(call, e.locale));
    const auto assigned = std::ranges::find_if(
        assignments, [&](const auto& a) { return a.article_id == e.article_id && a.locale == e.locale; });
    put(cell, "assigned", assigned == assignments.end() ? nothing() : ViewData(assigned->name));
    return cell;
}

ViewData rows_view(const App& app, const Call& call, const std::vector<worklist::BoardRow>& rows,
                   const std::vector<workflow::Assignment>& assignments, const std::optional<Outcome>& outcome) {
    auto list = view_list();
    for (const auto& row : rows) {
        auto one = view_object();
        put(one, "id", std::to_string(number(row.id)));
        put(one, "href", article_path(row.id));
        put(one, "text", row.title);
        put_language(one, row.title_locale);
        put(one, "type", type_name(app, call, row.type));
        put(one, "source", word(app, call, "studio.source.in", {{"language", language_name(call, row.source_locale)}}));
        put(one, "chosen_label", word(app, call, "board.choose", {{"title", row.title}}));
        put(one, "chosen", outcome && std::ranges::find(outcome->chosen, row.id) != outcome->chosen.end());
        auto cells = view_list();
        for (const auto& e : row.editions) append(cells, cell_view(app, call, e, assignments));
        put(one, "cells", std::move(cells));
        append(list, std::move(one));
    }
    return list;
}

ViewData columns_view(const Call& call, const std::vector<locale::Tag>& tags) {
    auto list = view_list();
    for (const auto& tag : tags) {
        auto one = view_object();
        put(one, "where", language_label(call, tag));
        append(list, std::move(one));
    }
    return list;
}

void put_filters(ViewData& data, App& app, const Call& call, const Asked& asked, const std::vector<locale::Tag>& tags,
                 const Choices& people) {
    Choices states;
    for (const auto state : all_states) {
        const auto key = fmt::format("state.{}", content::name_of(state));
        states.emplace_back(content::name_of(state), word(app, call, key + ".shape") + ' ' + word(app, call, key));
    }
    put(data, "query_text", asked.query.text);
    put(data, "types", choices_view(type_choices(app, call), asked.query.type.value_or("")));
    put(data, "states",
        choices_view(states, asked.query.state ? content::name_of(*asked.query.state) : std::string_view()));
    put(data, "tags", choices_view(language_choices(call, tags), asked.query.locale.text()));
    put(data, "people", choices_view(people, asked.assignee));
    put(data, "clear", asked.is_filtered());
}

std::int64_t articles_in(const worklist::Coverage& coverage) {
    std::int64_t sum = coverage.source.articles;
    for (const auto& state : coverage.states) sum += state.articles;
    return sum;
}

std::string summary_of(const App& app, const Call& call, const std::vector<worklist::Coverage>& coverage) {
    const auto articles = coverage.empty() ? 0 : articles_in(coverage.front());
    return word(app, call, "board.articles", {{"count", articles}}) + " · " +
           word(app, call, "board.languages", {{"count", std::int64_t(coverage.size())}}) + ".";
}

// "anna (German, Arabic)": into which languages somebody may translate.
std::string named_with_languages(const App& app, const Call& call, const workflow::Person& person,
                                 const std::vector<locale::Tag>& tags) {
    std::vector<std::string> languages;
    for (const auto& tag : tags)
        if (accounts::can(person.known, Action::translate, tag)) languages.push_back(language_name(call, tag));
    if (languages.size() == tags.size()) return word(app, call, "board.person.all", {{"name", person.known.name}});
    return word(app, call, "board.person",
                {{"name", person.known.name},
                 {"languages", languages.empty() ? "–" : locale::format_list(languages, call.language)}});
}

worklist::Found found_for(App& app, Asked& asked) {
    if (!asked.assignee.empty() && !resolve_assignee(app, asked)) return {};
    return worklist::find_on_board(store_of(app), asked.query, int(most_at_once));
}

// How many the filters find, and the box that chooses them all where they are more than the page and not too many.
void put_found(ViewData& data, App& app, const Call& call, Asked& asked, const worklist::Board& board,
               std::int64_t articles) {
    const bool is_page = !board.next && !asked.query.after;
    worklist::Found found;
    auto count = articles;
    if (asked.is_filtered() && !is_page) {
        found = found_for(app, asked);
        count = std::int64_t(found.ids.size());
    } else if (is_page) {
        count = std::int64_t(board.rows.size());
    }
    const std::string more = found.more ? "yes" : found.looked_far ? "least" : "no";
    put(data, "found_text",
        asked.is_filtered() ? ViewData(word(app, call, "board.found", {{"more", more}, {"count", count}})) : nothing());
    put(data, "all_found", nothing());
    if (is_page || more != "no" || count > std::int64_t(most_at_once)) return;
    auto all = view_object();
    put(all, "count", std::to_string(count));
    put(all, "text", word(app, call, "board.all-found", {{"count", count}}));
    put(data, "all_found", std::move(all));
}

}  // namespace

std::vector<ArticleId> found_ids(App& app, const Call& call) {
    auto asked = asked_of(app, call, enabled_locales(app));
    auto found = found_for(app, asked);
    if (found.more || found.looked_far) throw Error(ErrorCode::malformed, "form");
    return std::move(found.ids);
}

http::Response board_page(App& app, const Call& call, const std::optional<Outcome>& outcome) {
    const auto store = store_of(app);
    const auto tags = enabled_locales(app);
    auto asked = asked_of(app, call, tags);
    const auto board = board_for(app, asked);
    const auto coverage = worklist::coverage(store);
    std::vector<ArticleId> ids;
    for (const auto& row : board.rows) ids.push_back(row.id);
    Choices people, assignees;
    const auto translators = workflow::list_translators(store, {.limit = most_people});
    for (const auto& person : translators.items) {
        people.emplace_back(person.known.name, person.known.name);
        assignees.emplace_back(person.known.name, named_with_languages(app, call, person, tags));
    }

    auto data = view_object();
    put_filters(data, app, call, asked, tags, people);
    put(data, "assignees", choices_view(assignees, ""));
    put(data, "few_people", !translators.next);
    put(data, "assignee", asked.assignee);
    put(data, "summary_line", summary_of(app, call, coverage));
    put(data, "cards", coverage_view(app, call, coverage));
    put(data, "columns", columns_view(call, tags));
    put(data, "rows", rows_view(app, call, board.rows, workflow::find_assignments(store, ids), outcome));
    put(data, "empty", board.rows.empty() && !board.looked_far);
    put(data, "lead", word(app, call, asked.is_filtered() ? "board.empty" : "board.none"));
    put(data, "detail", word(app, call, asked.is_filtered() ? "board.empty.detail" : "board.none.detail"));
    const bool can_write = accounts::can_somewhere(call.caller, Action::edit_source);
    put(data, "can_new", can_write && !asked.is_filtered());
    const bool can_assign = accounts::can_somewhere(call.caller, Action::review);
    const bool can_publish = accounts::can_somewhere(call.caller, Action::publish);
    put(data, "can_assign", can_assign);
    put(data, "can_publish", can_publish);
    put(data, "can_fill", accounts::can_somewhere(call.caller, Action::translate));
    put(data, "can_machine", has_machine(app));
    put(data, "action",
        call.request.query_string.empty() ? "/studio/board" : "/studio/board?" + call.request.query_string);
    const auto acts_in = outcome ? outcome->locale : asked.query.locale;
    put(data, "in_locales", choices_view(language_choices(call, tags), acts_in.text()));
    put(data, "results", outcome && !outcome->question ? outcome_view(app, call, *outcome) : nothing());
    put(data, "asking", outcome && outcome->question ? question_view(app, call, *outcome) : nothing());
    put_found(data, app, call, asked, board, coverage.empty() ? 0 : articles_in(coverage.front()));
    put(data, "digits", locale::digits_of(call.language));
    put(data, "looked_far", board.looked_far);
    const auto links = page_links(call.request, board.next);
    const auto link = [](const std::optional<std::string>& href) { return href ? ViewData(*href) : nothing(); };
    put(data, "next", link(links.next));
    put(data, "previous", link(links.previous));
    put(data, "first", link(links.first));
    return page(app, call, "board/board", word(app, call, "board.title"), std::move(data));
}

http::Response show_board(App& app, const Call& call) {
    require(call, Action::read_drafts, std::nullopt);
    // Where the news of many texts leads to.
    if (call.session && call.request.query("assignee") == call.session->user.name)
        workflow::read_assigned_in(store_of(app, call), call.session->user.id,
                                   titles_in(app, call, enabled_locales(app)));
    return board_page(app, call, std::nullopt);
}

}  // namespace stele::studio
