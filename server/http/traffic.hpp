#pragma once
// What one event loop counts of its answers. Only its own thread writes, so that counting is plain additions without a
// lock and without a cache line that two loops fight for; whoever asks reads at any time.
#include <array>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

namespace stele::http {

// What an answer is counted as: a number below `kinds` that the handler puts into Response::kind and that means nothing
// here. 0: answers of the front itself, and of handlers that say nothing.
using Kind = std::uint16_t;
inline constexpr std::size_t kinds = 1024;

// From the end of a request's head to the beginning of the answer, by the loop's clock, which stands still for a turn:
// what is answered in the turn it came took no time. Upper bounds of the classes, in microseconds; one above them.
inline constexpr std::array<std::int64_t, 12> durations_us{500,    1'000,   2'500,   5'000,     10'000,    25'000,
                                                           50'000, 100'000, 250'000, 1'000'000, 2'500'000, 10'000'000};

// Of one kind.
struct Answered {
    std::map<int, std::uint64_t> by_status;
    std::array<std::uint64_t, durations_us.size() + 1> by_duration{};  // not cumulative
    std::uint64_t hits = 0;                                            // those that were kept
    std::uint64_t microseconds = 0, bytes = 0;                         // together; bytes of heads and bodies
};

class Traffic {
  public:
    Traffic();
    ~Traffic();

    struct Answer {
        Kind kind = 0;
        int status = 0;
        bool hit = false;
        std::size_t bytes = 0;
        std::chrono::steady_clock::duration took{};
    };
    void count(const Answer& answer);
    // From any thread: adds what has been counted so far, by kind.
    void add_to(std::map<Kind, Answered>& sum) const;

  private:
    class Counter;
    struct Row;
    Row& row_of(Kind kind);

    // A row is made when its kind is first counted.
    std::vector<std::atomic<Row*>> rows_;
};

}  // namespace stele::http
