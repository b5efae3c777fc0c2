// Twice as much as the real binary can carry: pages without the cache, asked for at a pace that does not wait for the
// answers. What matters is what the answered notice of the others, how quickly those others are told (503), and that
// all is as before when they have gone.
#include <fmt/format.h>

#include <algorithm>

#include "tests/bench/support/delivered_site.hpp"
#include "tests/bench/support/load.hpp"
#include "tests/support/child.hpp"

namespace {

using namespace stele;
using bench::figure;

constexpr int busy = 16, enough = 1'024;  // connections: to find what it carries, and never too few
constexpr double seconds = 5;

std::string request_for(const std::string& path) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n", path);
}

class Asker {
  public:
    Asker(std::uint16_t port, const std::vector<std::string>& paths) : port_(port), paths_(paths) {}

    // Requests a second when each connection waits for its answer.
    double capacity() {
        const auto load = bench::load(port_, next(), 200, busy, seconds);
        return double(load.times.size()) / load.seconds;
    }
    void phase(const bench::Table& table, const std::string& name, double per_second) {
        std::vector<double> answered, refused;
        bench::load_at(port_, next(), {.per_second = per_second, .seconds = seconds, .connections = enough},
                       [&](int status, double micros) { (status == 200 ? answered : refused).push_back(micros); });
        const auto ms = [](const std::vector<double>& times, double percent) {
            return times.empty() ? std::string("-") : figure(bench::percentile(times, percent) / 1e3);
        };
        const auto all = double(answered.size() + refused.size());
        table.row({name, figure(per_second), figure(double(answered.size()) / seconds), ms(answered, 50),
                   ms(answered, 99), figure(double(refused.size()) / seconds), ms(refused, 50), ms(refused, 99),
                   figure(double(refused.size()) / std::max(1.0, all))});
    }

  private:
    bench::NextRequest next() {
        return [this](int, const std::string&) { return request_for(paths_[asked_++ % paths_.size()]); };
    }

    std::uint16_t port_;
    const std::vector<std::string>& paths_;
    size_t asked_ = 0;
};

}  // namespace

int main() {
    const bench::DeliveredSite site(500);
    test::Child server({STELE_BINARY, "serve"},
                       {.environment = site.environment({{"STELE_RESPONSE_CACHE_BYTES", "0"}})});
    Asker asker(server.port(), site.copies());
    asker.capacity();  // warm
    const auto capacity = asker.capacity();
    fmt::print("it carries {} pages a second without the cache over {} connections\n", figure(capacity), busy);
    const bench::Table table(
        fmt::format("pages without the cache, {} s each, over up to {} connections", seconds, enough),
        {"asked for", "requests/s", "200/s", "p50 ms", "p99 ms", "503/s", "p50 ms", "p99 ms", "share of 503"});
    asker.phase(table, "half of it", capacity / 2);
    asker.phase(table, "nine tenths", capacity * 0.9);
    asker.phase(table, "twice as much", capacity * 2);
    asker.phase(table, "half of it, after", capacity / 2);
}
