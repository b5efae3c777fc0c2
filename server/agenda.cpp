#include "server/agenda.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "server/digest_letter.hpp"
#include "server/mail/sender.hpp"
#include "src/workflow/digest.hpp"
#include "src/workflow/follow.hpp"
#include "src/workflow/looks.hpp"
#include "src/workflow/notifications.hpp"
#include "src/workflow/presence.hpp"
#include "src/workflow/schedule.hpp"

namespace stele {
namespace {

using std::chrono::seconds;

// How long nobody needs to look: what is scheduled here wakes us; what another server was asked for, it does itself,
// unless it is gone.
constexpr seconds pause{5};

// By the clock, since whoever opens a text may ring.
class Every {
  public:
    explicit Every(seconds time) : time_(time) {}
    bool is_due() {
        const auto now = std::chrono::steady_clock::now();
        if (now < next_) return false;
        next_ = now + time_;
        return true;
    }

  private:
    seconds time_;
    std::chrono::steady_clock::time_point next_{};
};

}  // namespace

Agenda::Agenda(App& app) : app_(app), thread_([this] { run(); }) {}

Agenda::~Agenda() {
    alarm_.stop();
    thread_.join();
}

void Agenda::run() {
    Every minute(seconds(60)), hour(seconds(3600));
    while (!alarm_.stopped()) {
        auto wait = std::chrono::microseconds(pause);
        attempt(app_, "publishing what is due", [&] { wait = publish_what_is_due(); });
        attempt(app_, "noting who looked", [this] { app_.looks->write(store_of(app_)); });
        attempt(app_, "telling what happened", [this] { tell_what_happened(); });
        if (minute.is_due()) attempt(app_, "tidying the workflow", [this] { tidy(); });
        if (hour.is_due())
            attempt(app_, "forgetting notifications", [this] { workflow::forget_notifications(store_of(app_)); });
        alarm_.wait(wait);
    }
    attempt(app_, "noting who looked", [this] { app_.looks->write(store_of(app_)); });
}

std::chrono::microseconds Agenda::publish_what_is_due() {
    const auto due = workflow::run_due(store_of(app_), app_.checks);
    if (due.done > 0 && app_.written) app_.written(std::chrono::steady_clock::now());
    if (due.refused > 0 && app_.log) app_.log(fmt::format("{} scheduled publications were refused", due.refused));
    if (!due.next) return pause;
    const auto left = *due.next - app_.now();
    return std::clamp(left, std::chrono::microseconds(std::chrono::milliseconds(1)), std::chrono::microseconds(pause));
}

void Agenda::tell_what_happened() {
    const auto settled = app_.database->reading([this](db::Connection& c) {
        log_.read(c);
        return log_.is_sure() ? log_.settled() : 0;
    });
    while (!alarm_.stopped() && workflow::follow_log(store_of(app_), settled)) {
    }
}

void Agenda::tidy() {
    const auto store = store_of(app_);
    workflow::forget_absent(store);
    if (!mail::is_configured(app_.options)) return;
    workflow::write_digests(store, [this](const auto& person, const auto& items, bool more) {
        return digest_letter(app_, person, items, more);
    });
}

}  // namespace stele
