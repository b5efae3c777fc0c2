// The board's chosen articles, filled from the memory.
#include "src/memory/fill.hpp"

#include "server/faults.hpp"
#include "server/studio/board/board.hpp"
#include "server/studio/shell.hpp"
#include "src/base/number.hpp"
#include "src/memory/memory.hpp"

namespace stele::studio {
namespace {

using accounts::Action;
using Clock = std::chrono::steady_clock;

// Of one request. What it did not come to is named, stays chosen, and is done by the same button.
constexpr std::chrono::seconds time_of_filling{10};

}  // namespace

// A fault in the middle leaves what is filled filled: it is said of each that it was in the way of.
void fill_many(App& app, const Call& call, Outcome& outcome) {
    require(call, Action::translate, outcome.locale);
    const auto store = store_of(app, call);
    const auto end = Clock::now() + time_of_filling;
    std::int64_t segments = 0, texts = 0;
    for (const auto id : outcome.chosen) {
        const auto left = std::chrono::duration_cast<std::chrono::milliseconds>(end - Clock::now());
        bool later = left.count() <= 0;
        try {
            if (!later) {
                const auto made = memory::pretranslate(store, id, outcome.locale, {.time = left}, actor_of(call));
                segments += made.filled;
                texts += made.filled > 0;
                if (made.filled > 0) outcome.fills.emplace_back(id, made.version.translation);
                later = made.next.has_value();
            }
        } catch (const Error& error) {
            outcome.refused.emplace_back(id, reason_of(app, call, error));
        }
        if (later) outcome.refused.emplace_back(id, word(app, call, "board.result.fill-later"));
    }
    outcome.text = word(app, call, "board.result.filled", {{"count", segments}, {"texts", texts}});
    if (segments > 0) outcome.text += " " + word(app, call, "board.result.fill-back");
}

void undo_filling(App& app, const Call& call, const std::vector<std::string>& changes, Outcome& outcome) {
    require(call, Action::translate, outcome.locale);
    if (changes.size() > most_at_once) throw Error(ErrorCode::malformed, "form");
    const auto store = store_of(app, call);
    std::int64_t segments = 0;
    for (const auto& change : changes) {
        const auto space = std::min(change.find(' '), change.size() - 1);
        const auto id = number_from(change.substr(0, space)), version = number_from(change.substr(space + 1));
        if (!id || !version) throw Error(ErrorCode::malformed, "form");
        try {
            segments += memory::unfill(store, ArticleId(*id), outcome.locale, *version, actor_of(call));
        } catch (const Error& error) {
            outcome.refused.emplace_back(ArticleId(*id), reason_of(app, call, error));
        }
    }
    outcome.text = word(app, call, "board.result.unfilled", {{"count", segments}});
}

}  // namespace stele::studio
