#include "server/http/traffic.hpp"

#include <algorithm>

namespace stele::http {
namespace {

// Every status that this server sends has a place of its own, in the order of their frequency; others share the last.
constexpr std::array<int, 29> statuses{200, 304, 302, 308, 404, 503, 201, 204, 303, 307, 400, 401, 403, 405, 408,
                                       409, 410, 412, 413, 414, 415, 417, 422, 428, 429, 431, 500, 501, 505};

std::size_t place_of(int status) {
    return std::size_t(std::find(statuses.begin(), statuses.end(), status) - statuses.begin());
}

}  // namespace

class Traffic::Counter {
  public:
    // Only one thread adds: no read-modify-write is needed.
    void add(std::uint64_t n) { value_.store(value_.load(std::memory_order_relaxed) + n, std::memory_order_relaxed); }
    std::uint64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::uint64_t> value_ = 0;
};

struct Traffic::Row {
    std::array<Counter, statuses.size() + 1> by_status;
    std::array<Counter, durations_us.size() + 1> by_duration;
    Counter hits, microseconds, bytes;
};

Traffic::Traffic() : rows_(kinds) {}

Traffic::~Traffic() {
    for (auto& row : rows_) delete row.load(std::memory_order_relaxed);
}

Traffic::Row& Traffic::row_of(Kind kind) {
    auto& place = rows_[kind < kinds ? kind : 0];
    auto* row = place.load(std::memory_order_relaxed);
    if (!row) {
        row = new Row;
        place.store(row, std::memory_order_release);
    }
    return *row;
}

void Traffic::count(const Answer& answer) {
    auto& row = row_of(answer.kind);
    const auto micros = std::chrono::duration_cast<std::chrono::microseconds>(answer.took).count();
    const auto duration = std::lower_bound(durations_us.begin(), durations_us.end(), micros) - durations_us.begin();
    row.by_status[place_of(answer.status)].add(1);
    row.by_duration[std::size_t(duration)].add(1);
    if (answer.hit) row.hits.add(1);
    if (micros > 0) row.microseconds.add(std::uint64_t(micros));
    row.bytes.add(answer.bytes);
}

void Traffic::add_to(std::map<Kind, Answered>& sum) const {
    for (std::size_t kind = 0; kind < rows_.size(); ++kind) {
        const auto* row = rows_[kind].load(std::memory_order_acquire);
        if (!row) continue;
        auto& answered = sum[Kind(kind)];
        for (std::size_t i = 0; i < row->by_status.size(); ++i)
            if (const auto count = row->by_status[i].value(); count != 0)
                answered.by_status[i < statuses.size() ? statuses[i] : 0] += count;
        for (std::size_t i = 0; i < row->by_duration.size(); ++i)
            answered.by_duration[i] += row->by_duration[i].value();
        answered.hits += row->hits.value();
        answered.microseconds += row->microseconds.value();
        answered.bytes += row->bytes.value();
    }
}

}  // namespace stele::http
