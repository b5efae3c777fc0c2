#include "server/background.hpp"

#include <fmt/format.h>

#include <chrono>
#include <utility>

#include "src/accounts/sessions.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"

namespace stele {
namespace {

// A read sums the counters' deltas: they are folded often, all else seldom.
constexpr std::chrono::seconds pause{5};
constexpr int rounds_between_upkeep = 6;

// A fault must not end the thread: the next round may find the database well again.
void guarded(App& app, std::string_view what, const std::function<void()>& action) {
    try {
        action();
    } catch (const std::exception& error) {
        if (app.log) app.log(fmt::format("{}: {}", what, error.what()));
    }
}

}  // namespace

Background::Background(App& app) : app_(app), thread_([this] { run(); }) {}

Background::~Background() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void Background::wake() {
    {
        const std::lock_guard lock(mutex_);
        woken_ = true;
    }
    changed_.notify_all();
}

bool Background::stopping() {
    const std::lock_guard lock(mutex_);
    return stopping_;
}

void Background::run() {
    std::unique_lock lock(mutex_);
    for (int round = 0; !stopping_; ++round) {
        const bool upkeep = std::exchange(woken_, false) || round % rounds_between_upkeep == 0;
        lock.unlock();
        if (upkeep) keep_up();
        if (!stopping()) guarded(app_, "folding the counters", [this] { worklist::fold_tallies(store_of(app_)); });
        lock.lock();
        changed_.wait_for(lock, pause, [this] { return stopping_ || woken_; });
    }
}

void Background::keep_up() {
    guarded(app_, "announcing the server", [this] { worklist::announce_icu(store_of(app_)); });
    // Also when nobody woke us, since another node may have changed the locales.
    guarded(app_, "filling the orders", [this] { fill(); });
    if (stopping()) return;
    guarded(app_, "tidying", [this] { accounts::forget_expired(store_of(app_)); });
    guarded(app_, "noting who was there", [this] { app_.sightings->write(*app_.database); });
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
            return !stopping();
        });
        const std::chrono::duration<double> took = Steady::now() - begin;
        if (app_.log && !stopping()) app_.log(fmt::format("made the lists anew in {:.1f} s", took.count()));
    }
    if (!stopping()) worklist::key_placed_titles(store);
}

}  // namespace stele
