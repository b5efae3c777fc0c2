// What is missing in the board's chosen articles, translated by the machine that is configured: after its estimate.
#include "server/machine_run.hpp"
#include "server/studio/board/board.hpp"
#include "server/studio/shell.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
using Clock = std::chrono::steady_clock;

// Of one request: no run begins later. What it did not come to is named, stays chosen, and is done by the same button.
constexpr std::chrono::seconds time_of_translating{10};

Question question_of(App& app, const Call& call, const Outcome& outcome, std::int64_t words,
                     const machine::Balance& balance) {
    const auto count = std::int64_t(outcome.chosen.size());
    auto lead = word(app, call, "board.ask.machine",
                     {{"count", count}, {"language", language_name(call, outcome.locale)}, {"words", words}});
    if (balance.left) lead += " " + word(app, call, "script.machine-left", {{"words", *balance.left}});
    return {"machine", lead, word(app, call, "board.ask.machine-left"),
            word(app, call, "board.ask.machine-yes", {{"count", count}})};
}

// Those of which nothing is missing are left out of the question.
void ask(App& app, const Call& call, Outcome& outcome) {
    const auto store = store_of(app);
    const auto budget = machine::budget_of(app.options);
    std::int64_t words = 0;
    machine::Balance balance;
    std::vector<ArticleId> missing;
    for (const auto id : outcome.chosen) {
        const auto made = machine::estimate(store, budget, id, outcome.locale);
        words += made.words;
        balance = made.balance;
        if (made.segments > 0) missing.push_back(id);
    }
    outcome.chosen = std::move(missing);
    if (outcome.chosen.empty()) return outcome.fail(word(app, call, "board.result.machine-nothing"));
    outcome.question = question_of(app, call, outcome, words, balance);
}

}  // namespace

bool has_machine(const App& app) { return !app.options.machine_provider.empty() && !app.options.machine_url.empty(); }

void translate_many(App& app, const Call& call, bool is_sure, Outcome& outcome) {
    require(call, Action::translate, outcome.locale);
    if (!is_sure) return ask(app, call, outcome);
    const auto end = Clock::now() + time_of_translating;
    std::int64_t segments = 0, texts = 0;
    for (const auto id : outcome.chosen) {
        bool later = Clock::now() >= end;
        try {
            if (!later) {
                const auto made = machine::run_for(app, call, id, outcome.locale, {});
                segments += made.translated;
                texts += made.translated > 0;
                later = made.next.has_value();
            }
        } catch (const Error& error) {
            outcome.refused.emplace_back(id, reason_of(app, call, error));
        }
        if (later) outcome.refused.emplace_back(id, word(app, call, "board.result.fill-later"));
    }
    outcome.text = word(app, call, "board.result.machine", {{"count", segments}, {"texts", texts}});
}

}  // namespace stele::studio
