#pragma once
// What has to happen at its time, on a thread of its own, since a filling of the lists may take minutes: scheduled
// publications at the moment they are due, what the log of changes means to people, and their letters of the day.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/app.hpp"
#include "src/storage/change_log.hpp"

namespace stele {

class Agenda {
  public:
    // `app` outlives this.
    explicit Agenda(App& app);
    ~Agenda();

    // Something was put on the schedule.
    void wake();

  private:
    void run();
    std::chrono::microseconds publish_what_is_due();
    void tell_what_happened();
    void tidy();
    bool stopping();

    App& app_;
    storage::LogReader log_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace stele
