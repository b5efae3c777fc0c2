// The board's actions on the articles that were chosen. Each article is for itself.
#include <charconv>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/studio/board/board.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/exchange/tar.hpp"
#include "src/publishing/publishing.hpp"
#include "src/workflow/assignments.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
constexpr size_t most_at_once = 100;  // a page of the board

std::vector<ArticleId> chosen_in(const Form& form) {
    std::vector<ArticleId> ids;
    for (const auto& text : form.texts("article")) {
        std::int64_t id = 0;
        const auto* end = text.data() + text.size();
        if (const auto [stop, failed] = std::from_chars(text.data(), end, id); failed != std::errc() || stop != end)
            throw Error(ErrorCode::malformed, "form");
        ids.push_back(ArticleId(id));
    }
    if (ids.size() > most_at_once) throw Error(ErrorCode::malformed, "form");
    return ids;
}

locale::Tag locale_in(const Form& form) {
    const auto locale = locale::Tag::parse(form.text("locale"));
    if (!locale) throw Error(ErrorCode::malformed, "form");
    return *locale;
}

std::string reason_of(const App& app, const Call& call, const Error& error) {
    if (error.fields().empty()) return fault_of(app, error, call.language).detail;
    return app.catalog->text(call.language, error.fields().front().message, error.fields().front().params);
}

void assign(App& app, const Call& call, const Form& form, Outcome& outcome) {
    require(call, Action::review, outcome.locale);
    std::optional<workflow::AssignTo> to;
    if (const auto account = form.text("account"); !account.empty()) {
        to.emplace();
        to->account = account;
        to->due = parse_date(form.text("due"));
    }
    std::vector<workflow::TextPlace> places;
    for (const auto id : outcome.chosen) places.push_back({id, outcome.locale});
    const auto result = workflow::assign_many(store_of(app, call), places, to, actor_of(call));
    outcome.text = to ? word(app, call, "board.result.assigned", {{"count", result.done}, {"name", to->account}})
                      : word(app, call, "board.result.unassigned", {{"count", result.done}});
    for (const auto& one : result.refused)
        outcome.refused.emplace_back(one.place.article_id, reason_of(app, call, one.why));
}

void publish_one(const App& app, const Store& store, ArticleId id, const locale::Tag& locale, const Actor& actor) {
    const auto text = editing::find_translation(store, id, locale);
    if (!text) throw Error(ErrorCode::conflict, "publish-nothing");
    publishing::publish(store, id, locale, {.checks = &app.checks},
                        editing::Expected::of(text->version.translation, text->version.source), actor);
}

void publish(App& app, const Call& call, Outcome& outcome) {
    require(call, Action::publish, outcome.locale);
    const auto store = store_of(app, call);
    std::int64_t done = 0;
    for (const auto id : outcome.chosen) {
        try {
            publish_one(app, store, id, outcome.locale, actor_of(call));
            ++done;
        } catch (const Error& error) {
            const bool of_this_one = error.code() == ErrorCode::conflict || error.code() == ErrorCode::not_found ||
                                     error.code() == ErrorCode::version_conflict || error.code() == ErrorCode::taken ||
                                     error.code() == ErrorCode::invalid;
            if (!of_this_one) throw;
            outcome.refused.emplace_back(id, reason_of(app, call, error));
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

Outcome act_on_many(App& app, const Call& call) {
    const auto form = form_of(call.request);
    Outcome outcome{.text = {}, .refused = {}, .chosen = chosen_in(form), .locale = locale_in(form)};
    const auto what = form.text("do");
    if (outcome.chosen.empty())
        outcome.text = word(app, call, "board.act.nothing-chosen");
    else if (what == "assign")
        assign(app, call, form, outcome);
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
