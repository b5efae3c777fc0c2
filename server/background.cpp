#include "server/background.hpp"

#include <fmt/format.h>

#include <chrono>

#include "src/accounts/users.hpp"
#include "src/worklist/locales.hpp"
#include "src/worklist/worklist.hpp"

namespace stele {
namespace {

constexpr std::chrono::seconds pause{30};

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
    while (!stopping_) {
        woken_ = false;
        lock.unlock();
        guarded(app_, "announcing the server", [this] { worklist::announce_icu(store_of(app_)); });
        // Each round, since another node may have changed the locales, too.
        guarded(app_, "filling the orders", [this] { fill(); });
        if (!stopping()) guarded(app_, "tidying", [this] { tidy(); });
        lock.lock();
        changed_.wait_for(lock, pause, [this] { return stopping_ || woken_; });
    }
}

void Background::fill() {
    const auto store = store_of(app_);
    if (worklist::needs_filling(store)) {
        const auto begin = std::chrono::steady_clock::now();
        if (app_.log) app_.log("making the lists anew, beside their readers");
        worklist::fill_orders(store, [&](auto, auto) {
            worklist::announce_icu(store);
            return !stopping();
        });
        const std::chrono::duration<double> took = std::chrono::steady_clock::now() - begin;
        if (app_.log && !stopping()) app_.log(fmt::format("made the lists anew in {:.1f} s", took.count()));
    }
    if (!stopping()) worklist::key_placed_titles(store);
}

void Background::tidy() {
    worklist::fold_tallies(store_of(app_));
    accounts::forget_expired(store_of(app_));
}

}  // namespace stele
