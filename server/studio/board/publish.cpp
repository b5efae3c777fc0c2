// The board's chosen articles, published: asked for once, each for itself.
#include "src/workflow/publish.hpp"

#include "server/faults.hpp"
#include "server/studio/board/board.hpp"
#include "server/studio/editor/findings_view.hpp"
#include "server/studio/shell.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
using Clock = std::chrono::steady_clock;

// Of one request. What it did not come to is named and stays chosen.
constexpr std::chrono::seconds time_of_publishing{10};

void publish_one(const App& app, const Store& store, ArticleId id, const locale::Tag& locale,
                 const accounts::Known& by) {
    const auto text = editing::find_translation(store, id, locale);
    if (!text) throw Error(ErrorCode::conflict, "publish-nothing");
    workflow::publish(store, id, locale, {.checks = &app.checks},
                      editing::Expected::of(text->version.translation, text->version.source), by);
}

std::string why_not(App& app, const Call& call, const Outcome& outcome, ArticleId id, const Error& error) {
    auto why = reason_of(app, call, error);
    if (error.reason() == "publish-checks") why += " " + first_errors(app, call, id, outcome.locale);
    return why;
}

}  // namespace

// A fault in the middle leaves what is published published: it is said of each that it was in the way of.
void publish_many(App& app, const Call& call, bool is_sure, Outcome& outcome) {
    require(call, Action::publish, outcome.locale);
    if (!is_sure) {
        const auto count = std::int64_t(outcome.chosen.size());
        outcome.question = {
            "publish",
            word(app, call, "board.ask.publish", {{"count", count}, {"language", language_name(call, outcome.locale)}}),
            word(app, call, "board.ask.left"), word(app, call, "board.ask.publish-yes", {{"count", count}})};
        return;
    }
    const auto store = store_of(app, call);
    const auto end = Clock::now() + time_of_publishing;
    std::int64_t done = 0;
    for (const auto id : outcome.chosen) {
        if (Clock::now() >= end) {
            outcome.refused.emplace_back(id, word(app, call, "board.result.publish-later"));
            continue;
        }
        try {
            publish_one(app, store, id, outcome.locale, call.caller.value());
            ++done;
        } catch (const Error& error) {
            outcome.refused.emplace_back(id, why_not(app, call, outcome, id, error));
        }
    }
    outcome.text = word(app, call, "board.result.published", {{"count", done}});
}

}  // namespace stele::studio
