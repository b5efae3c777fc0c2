#pragma once
// Deadlines without a heap: every kind has one duration, so a list in order of arming is a list in order of expiry.
// Arming, moving and dropping are a few pointers each, however many connections wait.
#include <array>
#include <chrono>
#include <optional>

namespace stele::http {

using Instant = std::chrono::steady_clock::time_point;

enum class Deadline { head, body, write, idle, drain, farewell };
inline constexpr std::size_t deadline_kinds = 6;

// Base of what can have one deadline at a time.
class Timed {
  public:
    Timed() = default;
    Timed(const Timed&) = delete;
    Timed& operator=(const Timed&) = delete;

  protected:
    ~Timed() { unlink(); }

  private:
    friend class Deadlines;
    void unlink() {
        if (!next_) return;
        previous_->next_ = next_;
        next_->previous_ = previous_;
        next_ = previous_ = nullptr;
    }
    Timed* previous_ = nullptr;
    Timed* next_ = nullptr;
    Instant due_{};
};

class Deadlines {
  public:
    using Durations = std::array<std::chrono::milliseconds, deadline_kinds>;
    explicit Deadlines(const Durations& durations) : durations_(durations) {
        for (auto& ring : rings_) ring.next_ = ring.previous_ = &ring;
    }

    void arm(Timed& timed, Deadline kind, Instant now) {
        timed.unlink();
        auto& ring = rings_[static_cast<std::size_t>(kind)];
        timed.due_ = now + durations_[static_cast<std::size_t>(kind)];
        timed.previous_ = ring.previous_;
        timed.next_ = &ring;
        ring.previous_->next_ = &timed;
        ring.previous_ = &timed;
    }
    void disarm(Timed& timed) { timed.unlink(); }

    // The next one that is due, unlinked; null when none is.
    Timed* take_due(Instant now) {
        for (auto& ring : rings_)
            if (auto* first = ring.next_; first != &ring && first->due_ <= now) return first->unlink(), first;
        return nullptr;
    }
    // The one that has waited longest for a deadline of that kind; null when none has since `since`.
    Timed* oldest(Deadline kind, Instant since) {
        auto& ring = rings_[static_cast<std::size_t>(kind)];
        const auto armed = ring.next_->due_ - durations_[static_cast<std::size_t>(kind)];
        return ring.next_ == &ring || armed > since ? nullptr : ring.next_;
    }
    std::optional<Instant> next() const {
        std::optional<Instant> soonest;
        for (const auto& ring : rings_)
            if (ring.next_ != &ring && (!soonest || ring.next_->due_ < *soonest)) soonest = ring.next_->due_;
        return soonest;
    }

  private:
    Durations durations_;
    struct Ring : Timed {};
    std::array<Ring, deadline_kinds> rings_;
};

}  // namespace stele::http
