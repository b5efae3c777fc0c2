#pragma once
// How long a request may wait for a worker before it is refused.
//
// A burst may wait for as long as its senders have patience; a queue that stands may not: as long as more comes than
// can be answered, every request in it only makes the next one later. So a queue in which nobody waited less than
// `standing` for a whole interval stands (CoDel's sign, RFC 8289 section 3), and from then on whoever would have to
// wait for longer than half of that is refused at once, when they come and not when their turn would have been: those
// who are answered are answered soon, the others know soon. It is over with the first interval in which few had to be
// refused. Nor may a burst be of any size: nobody is let in behind a queue of more than `burst` times `standing`, so
// that the tenth of a second in which a queue comes to stand makes nobody wait for as long. Where answers take long, by
// a slow database, a few who wait for each other are no overload: `standing` is at least as long as eight answers take.
// Nor are the parts of a page that one reader asks for at once of a processor that others hold: fewer turns than
// `crowd` in an interval do not stand.
#include <algorithm>
#include <chrono>
#include <cstdint>

namespace stele::http {

class Patience {
  public:
    using Clock = std::chrono::steady_clock;
    using Duration = Clock::duration;
    static constexpr std::chrono::milliseconds interval{100};

    // `standing`: zero where only `most` counts.
    Patience(Duration most, Duration standing, std::size_t workers)
        : most_(most), standing_(standing), workers_(std::int64_t(std::max<std::size_t>(1, workers))) {}

    // An answer took that long. The mean of the last few counts.
    void served(Duration took) { service_ += (took - service_) / 16; }

    // Somebody comes while so many wait: whether they may wait too.
    bool lets_in(std::size_t waiting, Clock::time_point now) {
        roll(now);
        const auto wait = service_ * std::int64_t(waiting) / workers_;
        const bool in = standing_ == Duration::zero() || wait <= (stands_ ? standing() / 2 : burst * standing());
        ++(in ? let_in_ : refused_);
        return in;
    }

    // Somebody's turn has come after `waited`.
    void note(Duration waited, Clock::time_point now) {
        roll(now);
        shortest_ = std::min(shortest_, waited);
        ++turns_;
    }

    // Who has waited for longer when their turn comes is refused then: answers take longer than they did.
    Duration limit() const { return stands_ ? std::min(most_, 2 * standing()) : most_; }

  private:
    Duration standing() const { return std::max(standing_, 8 * service_); }

    void roll(Clock::time_point now) {
        if (now < interval_ends_) return;
        // Of quiet times nothing is known.
        const bool follows = now < interval_ends_ + interval;
        const bool begins = standing_ != Duration::zero() && turns_ >= crowd && shortest_ > standing();
        const bool goes_on = refused_ * few > let_in_ + refused_;
        stands_ = follows && (stands_ ? goes_on : begins);
        shortest_ = Duration::max();
        turns_ = let_in_ = refused_ = 0;
        interval_ends_ = now + interval;
    }

    static constexpr std::uint64_t few = 20;  // one in so many
    static constexpr std::uint64_t crowd = 64;
    static constexpr int burst = 8;

    Duration most_, standing_;
    std::int64_t workers_;
    Duration service_ = Duration::zero();
    Duration shortest_ = Duration::max();
    std::uint64_t turns_ = 0, let_in_ = 0, refused_ = 0;
    Clock::time_point interval_ends_{};
    bool stands_ = false;
};

}  // namespace stele::http
