#include "server/studio/board/coverage_view.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/studio/choices.hpp"
#include "server/studio/shell.hpp"
#include "src/locale/format.hpp"

namespace stele::studio {
namespace {

content::Counts words_of(const worklist::Coverage& coverage) {
    content::Counts words;
    for (const auto& state : coverage.states) {
        words.total += state.words.total;
        words.missing += state.words.missing;
        words.outdated += state.words.outdated;
    }
    return words;
}

std::string share(std::int64_t part, std::int64_t whole) {
    return fmt::format("{:.1f}", whole > 0 ? 100.0 * double(part) / double(whole) : 100.0);
}

// Whole percents, rounded down: a hundred only when all is done.
double fraction_done(const content::Counts& words) {
    if (words.total == 0) return 1;
    const auto percent = 100 * (words.total - words.missing - words.outdated) / words.total;
    return double(percent) / 100;
}

}  // namespace

ViewData coverage_view(const App& app, const Call& call, const std::vector<worklist::Coverage>& coverage) {
    auto cards = view_list();
    for (const auto& one : coverage) {
        const auto words = words_of(one);
        const auto left = words.missing + words.outdated;
        auto card = view_object();
        put(card, "href", worklist_path(one.locale));
        put(card, "where", language_label(call, one.locale));
        put(card, "percent", locale::format_percent(fraction_done(words), call.language));
        put(card, "done", share(words.total - left, words.total));
        put(card, "outdated", share(words.total - words.missing, words.total));
        put(card, "left",
            left == 0 ? word(app, call, "home.nothing-left") : word(app, call, "studio.words-left", {{"count", left}}));
        append(cards, std::move(card));
    }
    return cards;
}

std::int64_t to_do(const worklist::Coverage& coverage) {
    using enum content::State;
    std::int64_t sum = 0;
    for (const auto state : {untranslated, incomplete, outdated}) sum += coverage.states[size_t(state)].articles;
    return sum;
}

std::vector<locale::Tag> my_locales(App& app, const Call& call) {
    using accounts::Action;
    auto tags = enabled_locales(app);
    if (accounts::can_somewhere(call.caller, Action::translate))
        std::erase_if(tags, [&](const auto& tag) { return !accounts::can(call.caller, Action::translate, tag); });
    return tags;
}

}  // namespace stele::studio
