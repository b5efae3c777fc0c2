#pragma once
// What has to happen at its time, on a thread of its own, since a filling of the lists may take minutes: scheduled
// publications at the moment they are due, what the log of changes means to people, and their letters of the day.
#include <thread>

#include "server/app.hpp"
#include "server/beside_requests.hpp"
#include "src/storage/change_log.hpp"

namespace stele {

class Agenda {
  public:
    // `app` outlives this.
    explicit Agenda(App& app);
    ~Agenda();

    // Something was put on the schedule.
    void wake() { alarm_.ring(); }

  private:
    void run();
    std::chrono::microseconds publish_what_is_due();
    void tell_what_happened();
    void tidy();

    App& app_;
    storage::LogReader log_;
    Alarm alarm_;
    std::thread thread_;
};

}  // namespace stele
