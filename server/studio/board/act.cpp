// The board's actions on the articles that were chosen. Each article is for itself.
#include <fmt/format.h>

#include <map>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/studio/board/board.hpp"
#include "server/studio/editor/findings_view.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/base/number.hpp"
#include "src/exchange/tar.hpp"
#include "src/workflow/assignments.hpp"
#include "src/workflow/publish.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
constexpr size_t most_at_once = 100;  // a page of the board has fewer

std::vector<ArticleId> chosen_in(const Form& form) {
    std::vector<ArticleId> ids;
    for (const auto& text : form.texts("article")) {
        const auto id = number_from(text);
        if (!id) throw Error(ErrorCode::malformed, "form");
        ids.push_back(ArticleId(*id));
    }
    if (ids.size() > most_at_once) throw Error(ErrorCode::malformed, "form");
    return ids;
}

locale::Tag locale_in(const Form& form) {
    const auto locale = locale::Tag::parse(form.text("locale"));
    if (!locale) throw Error(ErrorCode::malformed, "form");
    return *locale;
}

std::vector<Before> assignments_of(App& app, const Outcome& outcome) {
    std::vector<Before> list;
    for (const auto& one : workflow::find_assignments(store_of(app), outcome.chosen))
        if (one.locale == outcome.locale) list.push_back({one.article_id, one.name, one.due});
    return list;
}

// As text_of(Before) makes it.
Before before_from(std::string_view text) {
    const auto day = text.find(' '), name = day == std::string_view::npos ? day : text.find(' ', day + 1);
    const auto id = number_from(text.substr(0, day));
    if (!id || name == std::string_view::npos) throw Error(ErrorCode::malformed, "form");
    return {ArticleId(*id), std::string(text.substr(name + 1)), parse_date(text.substr(day + 1, name - day - 1))};
}

std::string reason_of(const App& app, const Call& call, const Error& error) {
    if (error.fields().empty()) return fault_of(app, error, call.language).detail;
    return app.catalog->text(call.language, error.fields().front().message, error.fields().front().params);
}

// Returns how many were. What each was before goes with the page, so that one click brings it back.
std::int64_t assign_to(App& app, const Call& call, const std::vector<ArticleId>& ids,
                       const std::optional<workflow::AssignTo>& to, Outcome& outcome) {
    std::vector<workflow::TextPlace> places;
    for (const auto id : ids) places.push_back({id, outcome.locale});
    const auto result = workflow::assign_many(store_of(app, call), places, to, call.caller.value());
    for (const auto& one : result.refused)
        outcome.refused.emplace_back(one.place.article_id, reason_of(app, call, one.why));
    return result.done;
}

void assign(App& app, const Call& call, const Form& form, Outcome& outcome) {
    require(call, Action::review, outcome.locale);
    const workflow::AssignTo to{form.text("account"), parse_date(form.text("due"))};
    if (to.account.empty()) return outcome.fail(word(app, call, "board.act.nobody-chosen"));
    outcome.before = assignments_of(app, outcome);
    const auto done = assign_to(app, call, outcome.chosen, to, outcome);
    outcome.text = word(app, call, "board.result.assigned", {{"count", done}, {"name", to.account}});
}

void unassign(App& app, const Call& call, Outcome& outcome) {
    require(call, Action::review, outcome.locale);
    outcome.before = assignments_of(app, outcome);
    std::vector<ArticleId> assigned;
    for (const auto& one : *outcome.before) assigned.push_back(one.article);
    const auto done = assign_to(app, call, assigned, std::nullopt, outcome);
    outcome.text = word(app, call, "board.result.unassigned", {{"count", done}});
    if (assigned.empty()) outcome.before.reset();
}

// As it was before: those who had somebody get them again, the others nobody.
void undo_assigning(App& app, const Call& call, const Form& form, Outcome& outcome) {
    require(call, Action::review, outcome.locale);
    std::map<std::pair<std::string, std::optional<workflow::Day>>, std::vector<ArticleId>> by_person;
    auto left = outcome.chosen;
    for (const auto& text : form.texts("before")) {
        const auto before = before_from(text);
        if (std::erase(left, before.article) > 0) by_person[{before.account, before.due}].push_back(before.article);
    }
    std::int64_t done = left.empty() ? 0 : assign_to(app, call, left, std::nullopt, outcome);
    for (const auto& [person, ids] : by_person)
        done += assign_to(app, call, ids, workflow::AssignTo{person.first, person.second}, outcome);
    outcome.text = word(app, call, "board.result.undone", {{"count", done}});
}

void publish_one(const App& app, const Store& store, ArticleId id, const locale::Tag& locale,
                 const accounts::Known& by) {
    const auto text = editing::find_translation(store, id, locale);
    if (!text) throw Error(ErrorCode::conflict, "publish-nothing");
    workflow::publish(store, id, locale, {.checks = &app.checks},
                      editing::Expected::of(text->version.translation, text->version.source), by);
}

void publish(App& app, const Call& call, Outcome& outcome) {
    require(call, Action::publish, outcome.locale);
    const auto store = store_of(app, call);
    std::int64_t done = 0;
    for (const auto id : outcome.chosen) {
        try {
            publish_one(app, store, id, outcome.locale, call.caller.value());
            ++done;
        } catch (const Error& error) {
            const bool of_this_one = error.code() == ErrorCode::conflict || error.code() == ErrorCode::not_found ||
                                     error.code() == ErrorCode::version_conflict || error.code() == ErrorCode::taken ||
                                     error.code() == ErrorCode::invalid;
            if (!of_this_one) throw;
            auto why = reason_of(app, call, error);
            if (error.reason() == "publish-checks") why += " " + first_errors(app, call, id, outcome.locale);
            outcome.refused.emplace_back(id, std::move(why));
        }
    }
    outcome.text = word(app, call, "board.result.published", {{"count", done}});
}

// Source and text of each, for somebody who works with files: `stele import` takes them back.
http::Response export_chosen(App& app, const Call& call, const Form& form) {
    require(call, Action::read_drafts, std::nullopt);
    const auto locale = locale_in(form);
    const auto files = exchange::files_of(store_of(app), chosen_in(form), locale);
    auto response = http::text_response(200, "application/x-tar", exchange::tar_of(files, app.now()));
    response.set("Content-Disposition", "attachment; filename=\"texts." + locale.text() + ".tar\"");
    response.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

std::string text_of(const Before& before) {
    return fmt::format("{} {} {}", number(before.article), before.due ? workflow::text_of(*before.due) : "-",
                       before.account);
}

Outcome act_on_many(App& app, const Call& call) {
    const auto form = form_of(call.request);
    Outcome outcome{
        .text = {}, .failed = false, .refused = {}, .chosen = chosen_in(form), .locale = locale_in(form), .before = {}};
    const auto what = form.text("do");
    if (outcome.chosen.empty())
        outcome.fail(word(app, call, "board.act.nothing-chosen"));
    else if (what == "assign")
        assign(app, call, form, outcome);
    else if (what == "unassign")
        unassign(app, call, outcome);
    else if (what == "undo-assign")
        undo_assigning(app, call, form, outcome);
    else if (what == "fill")
        fill_many(app, call, outcome);
    else if (what == "publish")
        publish(app, call, outcome);
    else
        throw Error(ErrorCode::malformed, "form");
    return outcome;
}

http::Response act_on_board(App& app, const Call& call) {
    const auto form = form_of(call.request);
    if (form.text("do") == "export" && form.has("article")) return export_chosen(app, call, form);
    return board_page(app, call, act_on_many(app, call));
}

}  // namespace stele::studio
