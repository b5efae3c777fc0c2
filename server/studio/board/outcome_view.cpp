// What an act on many came to, or the question before it.
#include <algorithm>

#include "server/faults.hpp"
#include "server/studio/board/board.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"

namespace stele::studio {
namespace {

ViewData undo_view(const Outcome& outcome) {
    if (outcome.changes.empty() && outcome.fills.empty()) return nothing();
    auto view = view_object();
    put(view, "locale", outcome.locale.text());
    put(view, "does", outcome.fills.empty() ? "undo-assign" : "undo-fill");
    auto changes = view_list();
    const auto add = [&](ArticleId id, const std::string& value) {
        auto one = view_object();
        put(one, "id", std::to_string(number(id)));
        put(one, "value", value);
        append(changes, std::move(one));
    };
    for (const auto& change : outcome.changes) add(change.place.article_id, text_of(change));
    for (const auto& [id, version] : outcome.fills) add(id, std::to_string(number(id)) + ' ' + std::to_string(version));
    put(view, "changes", std::move(changes));
    return view;
}

ViewData place_view(const Call& call, const locale::Tag& locale, ArticleId id,
                    const std::vector<worklist::BoardRow>& rows) {
    const auto row = std::ranges::find(rows, id, &worklist::BoardRow::id);
    auto item = view_object();
    put(item, "id", std::to_string(number(id)));
    put(item, "href", text_path(id, locale));
    put(item, "where", row == rows.end() ? std::to_string(number(id)) : row->title);
    put_language(item, row == rows.end() ? call.language : row->title_locale);
    return item;
}

// What has the same reason is one line.
std::vector<std::pair<std::string, std::vector<ArticleId>>> by_reason(const Outcome& outcome) {
    std::vector<std::pair<std::string, std::vector<ArticleId>>> reasons;
    for (const auto& [id, why] : outcome.refused) {
        auto at = std::ranges::find(reasons, why, &std::pair<std::string, std::vector<ArticleId>>::first);
        if (at == reasons.end()) at = reasons.insert(at, {why, {}});
        at->second.push_back(id);
    }
    return reasons;
}

ViewData refused_view(App& app, const Call& call, const Outcome& outcome) {
    std::vector<ArticleId> ids;
    for (const auto& [id, why] : outcome.refused) ids.push_back(id);
    const auto rows = worklist::board_rows(store_of(app), outcome.locale, ids);
    auto items = view_list();
    for (const auto& [why, of] : by_reason(outcome)) {
        auto item = of.size() == 1 ? place_view(call, outcome.locale, of.front(), rows) : view_object();
        put(item, "text", why);
        put(item, "same", of.size() > 1);
        put(item, "count", word(app, call, "board.result.same", {{"count", std::int64_t(of.size())}}));
        auto lines = view_list();
        if (of.size() > 1)
            for (const auto id : of) append(lines, place_view(call, outcome.locale, id, rows));
        put(item, "lines", std::move(lines));
        append(items, std::move(item));
    }
    auto refused = view_object();
    put(refused, "lead", word(app, call, "board.result.refused", {{"count", std::int64_t(outcome.refused.size())}}));
    put(refused, "items", std::move(items));
    return refused;
}

}  // namespace

std::string reason_of(const App& app, const Call& call, const Error& error) {
    log_within(app, call, error);
    if (error.fields().empty()) return fault_of(app, error, call.language).detail;
    const auto& field = error.fields().front();
    if (field.message != "field.no-translator") return app.catalog->text(call.language, field.message, field.params);
    // In words, and with what this caller can do about it.
    auto params = field.params;
    const bool is_admin = accounts::can_somewhere(call.caller, accounts::Action::administer);
    for (auto& param : params)
        if (param.name == "locale")
            param = {"language", language_name(call, locale::Tag::stored(std::get<std::string>(param.value)))};
    params.push_back({"admin", std::string(is_admin ? "yes" : "no")});
    return app.catalog->text(call.language, "board.result.no-translator", params);
}

ViewData outcome_view(App& app, const Call& call, const Outcome& outcome) {
    auto view = view_object();
    put(view, "name", outcome.refused.empty() && !outcome.failed ? "notice" : "alert");
    put(view, "lead", outcome.text);
    put(view, "undo", undo_view(outcome));
    put(view, "refused", outcome.refused.empty() ? nothing() : refused_view(app, call, outcome));
    return view;
}

ViewData question_view(App& app, const Call& call, const Outcome& outcome) {
    auto items = view_list();
    const auto rows = worklist::board_rows(store_of(app), outcome.locale, outcome.chosen);
    for (const auto id : outcome.chosen) append(items, place_view(call, outcome.locale, id, rows));
    auto view = view_object();
    put(view, "name", outcome.question->does);
    put(view, "lead", outcome.question->lead);
    put(view, "detail", outcome.question->detail);
    put(view, "label", outcome.question->label);
    put(view, "locale", outcome.locale.text());
    put(view, "items", std::move(items));
    return view;
}

}  // namespace stele::studio
