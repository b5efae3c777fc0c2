#pragma once
// What the server does beside requests, on a thread of its own: says that it is there, fills the orders of new and
// changed locales and of another ICU, folds the counters, forgets sessions that have expired.
#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/app.hpp"

namespace stele {

class Background {
  public:
    // `app` outlives this.
    explicit Background(App& app);
    ~Background();  // stops in the middle of a filling, which goes on at the next start

    // There is something to fill.
    void wake();

  private:
    void run();
    void keep_up();
    void fill();
    bool stopping();

    App& app_;
    std::mutex mutex_;
    std::condition_variable changed_;
    bool woken_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace stele
