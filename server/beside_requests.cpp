#include "server/beside_requests.hpp"

#include <fmt/format.h>

#include <utility>

namespace stele {

void Alarm::ring() {
    {
        const std::lock_guard lock(mutex_);
        rang_ = true;
    }
    changed_.notify_all();
}

void Alarm::stop() {
    {
        const std::lock_guard lock(mutex_);
        stopped_ = true;
    }
    changed_.notify_all();
}

bool Alarm::stopped() const {
    const std::lock_guard lock(mutex_);
    return stopped_;
}

bool Alarm::wait(std::chrono::microseconds time) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, time, [this] { return stopped_ || rang_; });
    return std::exchange(rang_, false);
}

void attempt(App& app, std::string_view what, const std::function<void()>& action) {
    try {
        action();
    } catch (const std::exception& error) {
        if (app.log) app.log(fmt::format("{}: {}", what, error.what()));
    }
}

}  // namespace stele
