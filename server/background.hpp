#pragma once
// What the server does beside requests, on a thread of its own: says that it is there, fills the orders of new and
// changed locales and of another ICU, folds the counters, forgets sessions that have expired.
#include <thread>

#include "server/app.hpp"
#include "server/beside_requests.hpp"

namespace stele {

class Background {
  public:
    // `app` outlives this.
    explicit Background(App& app);
    ~Background();  // stops in the middle of a filling, which goes on at the next start

    // There is something to fill.
    void wake() { alarm_.ring(); }

  private:
    void run();
    void keep_up();
    void fill();

    App& app_;
    Alarm alarm_;
    std::thread thread_;
};

}  // namespace stele
