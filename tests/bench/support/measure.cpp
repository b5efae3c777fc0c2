#include "tests/bench/support/measure.hpp"

#include <fmt/format.h>
#include <stdlib.h>
#include <time.h>

#include <algorithm>
#include <exception>
#include <filesystem>
#include <mutex>
#include <stdexcept>
#include <thread>

namespace stele::bench {
namespace {

constexpr int warm_calls = 50, max_calls = 2'000;

double micros_of(clockid_t clock) {
    timespec t{};
    ::clock_gettime(clock, &t);
    return double(t.tv_sec) * 1e6 + double(t.tv_nsec) / 1e3;
}

void print(const std::vector<std::string>& cells) {
    std::string line;
    for (const auto& cell : cells) line += (line.empty() ? "" : "\t") + cell;
    fmt::print("{}\n", line);
    std::fflush(stdout);
}

}  // namespace

double wall_micros() { return micros_of(CLOCK_MONOTONIC); }
double thread_cpu_micros() { return micros_of(CLOCK_THREAD_CPUTIME_ID); }

double percentile(std::vector<double> values, double percent) {
    if (values.empty()) return 0;
    const auto at = std::min(values.size() - 1, size_t(double(values.size()) * percent / 100));
    std::nth_element(values.begin(), values.begin() + std::ptrdiff_t(at), values.end());
    return values[at];
}

Cost cost_of(const std::function<void(int)>& body, double seconds) {
    const auto begin = wall_micros();
    const auto over = [&](double share) { return wall_micros() - begin > seconds * share * 1e6; };
    int call = 0;
    while (call < warm_calls && !over(0.3)) body(call++);
    std::vector<double> wall, cpu;
    do {
        const auto w = wall_micros(), c = thread_cpu_micros();
        body(call++);
        cpu.push_back(thread_cpu_micros() - c);
        wall.push_back(wall_micros() - w);
    } while (!over(1) && wall.size() < max_calls);
    return {percentile(std::move(wall), 50), percentile(std::move(cpu), 50)};
}

Table::Table(std::string_view title, std::vector<std::string> columns) {
    fmt::print("\n# {}\n", title);
    print(columns);
}

void Table::row(const std::vector<std::string>& cells) const { print(cells); }

std::string figure(double value) { return fmt::format("{:.{}f}", value, value < 10 ? 2 : value < 100 ? 1 : 0); }
std::string ratio(double a, double b) { return b == 0 ? "-" : figure(a / b); }

Folder::Folder(Place place) {
    const std::filesystem::path memory = "/dev/shm";
    const bool there = place == Place::memory && std::filesystem::is_directory(memory);
    auto name = ((there ? memory : std::filesystem::temp_directory_path()) / "stele-bench-XXXXXX").string();
    if (!::mkdtemp(name.data())) throw std::runtime_error("no folder can be made: " + name);
    path_ = name;
}

Folder::~Folder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
}

void on_threads(int count, const std::function<void(int)>& body) {
    std::mutex mutex;
    std::exception_ptr fault;
    std::vector<std::jthread> threads;
    for (int i = 0; i < count; ++i)
        threads.emplace_back([&, i] {
            try {
                body(i);
            } catch (...) {
                const std::lock_guard lock(mutex);
                if (!fault) fault = std::current_exception();
            }
        });
    threads.clear();
    if (fault) std::rethrow_exception(fault);
}

}  // namespace stele::bench
