#pragma once
// How long a request may wait for a worker before it is refused.
//
// A burst may wait for as long as its senders have patience; a queue that stands may not: as long as more comes than
// can be answered, every request in it only makes the next one later. So while the shortest wait of a whole interval
// was longer than `standing`, twice that is the limit, and those who are answered are answered soon. That is the rule
// of CoDel (RFC 8289 section 3) in the simple form that request queues use: nothing is dropped gradually. Where answers
// take long, by a slow database, a few who wait for each other are no overload: `standing` is at least as long as
// eight answers take.
#include <algorithm>
#include <chrono>

namespace stele::http {

class Patience {
  public:
    using Clock = std::chrono::steady_clock;
    using Duration = Clock::duration;
    static constexpr std::chrono::milliseconds interval{100};

    // `standing`: zero where only `most` counts.
    Patience(Duration most, Duration standing) : most_(most), standing_(standing) {}

    // An answer took that long. The mean of the last few counts.
    void served(Duration took) { service_ += (took - service_) / 16; }

    // Somebody's turn has come after `waited`.
    void note(Duration waited, Clock::time_point now) {
        if (now >= interval_ends_) {
            // Nobody's turn in a whole interval says nothing.
            stands_ = standing_ != Duration::zero() && shortest_ != Duration::max() && shortest_ > standing() &&
                      now < interval_ends_ + interval;
            shortest_ = Duration::max();
            interval_ends_ = now + interval;
        }
        shortest_ = std::min(shortest_, waited);
        // Who waited less than that ends it at once: the queue has been worked off.
        if (waited <= standing()) stands_ = false;
    }

    Duration limit() const { return stands_ ? std::min(most_, 2 * standing()) : most_; }

  private:
    Duration standing() const { return std::max(standing_, 8 * service_); }

    Duration most_, standing_;
    Duration service_ = Duration::zero();
    Duration shortest_ = Duration::max();
    Clock::time_point interval_ends_{};
    bool stands_ = false;
};

}  // namespace stele::http
