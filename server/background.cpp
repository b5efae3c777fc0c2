#include "server/background.hpp"

#include <fmt/format.h>

#include <chrono>

#include "src/accounts/sessions.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"

namespace stele {
namespace {

// A read sums the counters' deltas: they are folded often, all else seldom.
constexpr std::chrono::seconds pause{5};
constexpr int rounds_between_upkeep = 6;

}  // namespace

Background::Background(App& app) : app_(app), thread_([this] { run(); }) {}

Background::~Background() {
    alarm_.stop();
    thread_.join();
}

void Background::run() {
    bool rang = false;
    for (int round = 0; !alarm_.stopped(); ++round) {
        if (rang || round % rounds_between_upkeep == 0) keep_up();
        if (!alarm_.stopped())
            attempt(app_, "folding the counters", [this] { worklist::fold_tallies(store_of(app_)); });
        rang = alarm_.wait(pause);
    }
}

void Background::keep_up() {
    attempt(app_, "announcing the server", [this] { worklist::announce_icu(store_of(app_)); });
    // Also when nobody woke us, since another node may have changed the locales.
    attempt(app_, "filling the orders", [this] { fill(); });
    if (alarm_.stopped()) return;
    attempt(app_, "tidying", [this] { accounts::forget_expired(store_of(app_)); });
    attempt(app_, "noting who was there", [this] { app_.sightings->write(*app_.database); });
}

void Background::fill() {
    const auto store = store_of(app_);
    if (worklist::needs_filling(store)) {
        using Steady = std::chrono::steady_clock;
        const auto begin = Steady::now();
        auto folded = begin;
        if (app_.log) app_.log("making the lists anew, beside their readers");
        worklist::fill_orders(store, [&](auto, auto) {
            worklist::announce_icu(store);
            if (Steady::now() - folded > pause) {
                worklist::fold_tallies(store);
                folded = Steady::now();
            }
            return !alarm_.stopped();
        });
        const std::chrono::duration<double> took = Steady::now() - begin;
        if (app_.log && !alarm_.stopped()) app_.log(fmt::format("made the lists anew in {:.1f} s", took.count()));
    }
    if (!alarm_.stopped()) worklist::key_placed_titles(store);
}

}  // namespace stele
