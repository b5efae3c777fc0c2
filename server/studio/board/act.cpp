// The board's actions on the articles that were chosen. Each article is for itself.
#include <fmt/format.h>

#include <sstream>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/studio/board/board.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/base/number.hpp"
#include "src/exchange/tar.hpp"
#include "src/workflow/assignments.hpp"

namespace stele::studio {
namespace {

using accounts::Action;

std::vector<ArticleId> chosen_in(App& app, const Call& call, const Form& form) {
    if (form.has("all")) return found_ids(app, call);
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

constexpr std::string_view nobody = "*", no_day = "-";  // neither is a name or a day

std::string text_of(const std::optional<workflow::AssignTo>& to) {
    if (!to) return fmt::format("{} {}", no_day, nobody);
    return fmt::format("{} {}", to->due ? workflow::text_of(*to->due) : no_day, to->account);
}

std::optional<workflow::AssignTo> assigned_from(const std::string& day, const std::string& name) {
    if (name == nobody) return std::nullopt;
    return workflow::AssignTo{name, parse_date(day == no_day ? std::string() : day)};
}

// As text_of(AssignmentChange) makes it.
workflow::AssignmentChange change_from(const std::string& text, const locale::Tag& locale) {
    std::istringstream in(text);
    std::string id, since, day, name, day_before, name_before;
    in >> id >> since >> day >> name >> day_before >> name_before;
    const auto article = number_from(id), time = number_from(since);
    if (!article || !time || name_before.empty()) throw Error(ErrorCode::malformed, "form");
    return {{ArticleId(*article), locale},
            assigned_from(day_before, name_before),
            assigned_from(day, name),
            time_of(*time)};
}

void put_refused(const App& app, const Call& call, const workflow::BulkResult& result, Outcome& outcome) {
    for (const auto& one : result.refused)
        outcome.refused.emplace_back(one.place.article_id, reason_of(app, call, one.why));
}

// Returns how many were. What was changed goes with the page, so that one click brings it back.
std::int64_t assign_to(App& app, const Call& call, const std::optional<workflow::AssignTo>& to, Outcome& outcome) {
    std::vector<workflow::TextPlace> places;
    for (const auto id : outcome.chosen) places.push_back({id, outcome.locale});
    auto result = workflow::assign_many(store_of(app, call), places, to, call.caller.value());
    put_refused(app, call, result, outcome);
    outcome.changes = std::move(result.changes);
    return result.done;
}

void assign(App& app, const Call& call, const Form& form, Outcome& outcome) {
    require(call, Action::review, outcome.locale);
    const workflow::AssignTo to{form.text("account"), parse_date(form.text("due"))};
    if (to.account.empty()) return outcome.fail(word(app, call, "board.act.nobody-chosen"));
    const auto done = assign_to(app, call, to, outcome);
    outcome.text = word(app, call, "board.result.assigned", {{"count", done}, {"name", to.account}});
}

void unassign(App& app, const Call& call, Outcome& outcome) {
    require(call, Action::review, outcome.locale);
    assign_to(app, call, std::nullopt, outcome);
    outcome.text = word(app, call, "board.result.unassigned", {{"count", std::int64_t(outcome.changes.size())}});
}

// As it was before, where nobody has assigned it anew meanwhile.
void undo_assigning(App& app, const Call& call, const Form& form, Outcome& outcome) {
    require(call, Action::review, outcome.locale);
    std::vector<workflow::AssignmentChange> changes;
    for (const auto& text : form.texts("change")) changes.push_back(change_from(text, outcome.locale));
    if (changes.size() > most_at_once) throw Error(ErrorCode::malformed, "form");
    const auto result = workflow::undo_assignments(store_of(app, call), changes, call.caller.value());
    put_refused(app, call, result, outcome);
    outcome.text = word(app, call, "board.result.undone", {{"count", result.done}});
}

// Source and text of each, for somebody who works with files: `stele import` takes them back.
http::Response export_chosen(App& app, const Call& call, const Form& form) {
    require(call, Action::read_drafts, std::nullopt);
    const auto locale = locale_in(form);
    const auto files = exchange::files_of(store_of(app), chosen_in(app, call, form), locale);
    auto response = http::text_response(200, "application/x-tar", exchange::tar_of(files, app.now()));
    response.set("Content-Disposition", "attachment; filename=\"texts." + locale.text() + ".tar\"");
    response.set("Cache-Control", "no-store");
    return response;
}

}  // namespace

std::string text_of(const workflow::AssignmentChange& change) {
    return fmt::format("{} {} {} {}", number(change.place.article_id), micros(change.since), text_of(change.after),
                       text_of(change.before));
}

Outcome act_on_many(App& app, const Call& call) {
    const auto form = form_of(call.request);
    Outcome outcome{
        .text = {}, .failed = false, .refused = {}, .chosen = chosen_in(app, call, form), .locale = locale_in(form)};
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
    else if (what == "undo-fill")
        undo_filling(app, call, form.texts("change"), outcome);
    else if (what == "publish")
        publish_many(app, call, form.has("sure"), outcome);
    else if (what == "machine")
        translate_many(app, call, form.has("sure"), outcome);
    else
        throw Error(ErrorCode::malformed, "form");
    return outcome;
}

http::Response act_on_board(App& app, const Call& call) {
    const auto form = form_of(call.request);
    if (form.text("do") == "export" && (form.has("article") || form.has("all"))) return export_chosen(app, call, form);
    return board_page(app, call, act_on_many(app, call));
}

}  // namespace stele::studio
