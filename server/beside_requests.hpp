#pragma once
// What the threads that work beside requests have in common.
#include <chrono>
#include <condition_variable>
#include <functional>
#include <mutex>
#include <string_view>

#include "server/app.hpp"

namespace stele {

// What such a thread waits on: its time, or somebody who wants it to look now or to stop.
class Alarm {
  public:
    void ring();
    void stop();
    bool stopped() const;
    // Until `time` has passed, it rings or has rung since the last wait, or is stopped. Whether it rang.
    bool wait(std::chrono::microseconds time);

  private:
    mutable std::mutex mutex_;
    std::condition_variable changed_;
    bool rang_ = false;
    bool stopped_ = false;
};

// A fault must not end the thread: the next round may find the database well again. `what` is for the log.
void attempt(App& app, std::string_view what, const std::function<void()>& action);

}  // namespace stele
