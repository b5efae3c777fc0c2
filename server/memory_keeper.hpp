#pragma once
// Fills the memory beside the requests, on a thread of its own: what is saved is suggested within a moment, and of the
// database it takes at most half of the time, so that no save stands behind a long filling.
#include <thread>

#include "server/app.hpp"
#include "server/beside_requests.hpp"
#include "src/memory/follow.hpp"

namespace stele {

class MemoryKeeper {
  public:
    // `app` outlives this.
    explicit MemoryKeeper(App& app);
    ~MemoryKeeper();

  private:
    void run();

    App& app_;
    memory::Follower follower_;
    std::string fault_;  // the last one, while it lasts
    Alarm alarm_;
    std::thread thread_;
};

}  // namespace stele
