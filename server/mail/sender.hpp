#pragma once
// Sends what waits in the outbox, on a thread of its own, one letter after the other; what cannot be sent now
// is tried again later and later, until nobody needs it any more; what is refused for good is in the log of changes. Of
// several servers, any one sends each.
#include <functional>
#include <thread>

#include "server/beside_requests.hpp"

namespace stele::mail {

// Whether there is a mail server to send by.
bool is_configured(const cli::Options& options);

// Sends what is due now; for tests, too. Stops between two letters when `stopping` says so.
void send_due(App& app, const std::function<bool()>& stopping);

class Sender {
  public:
    // `app` outlives this.
    explicit Sender(App& app);
    ~Sender();  // ends after the letter that is under way

  private:
    void run();

    App& app_;
    Alarm alarm_;
    std::thread thread_;
};

}  // namespace stele::mail
