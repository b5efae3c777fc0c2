#pragma once
// The load generator wrk: two threads, each of its keep-alive connections with one request under way all the time, or
// with a pause after each answer.
#include <cstdint>
#include <string>
#include <vector>

namespace stele::bench {

struct Wanted {
    std::vector<std::string> paths;    // of several, one at random each time, in the same order in every run
    std::vector<std::string> headers;  // "Accept-Encoding: br"
    int think_ms = 0;                  // from an answer to the next request of the same connection
};

struct Delivered {
    double seconds = 0, requests = 0, bytes = 0;  // of all answers, heads and bodies
    double p50 = 0, p99 = 0;                      // µs
    double refused = 0;                           // answers of a status from 400 on
    double broken = 0;                            // connections that failed, answers that did not come in 2 s
};

// `folder`: where the list of paths is written. Throws std::runtime_error when wrk is not there or fails.
Delivered run_wrk(std::uint16_t port, const Wanted& wanted, int connections, int seconds, const std::string& folder);

// The program's file, by PATH and the folders for administrators. Throws std::runtime_error, naming ./dev bench.
std::string program(const std::string& name);

}  // namespace stele::bench
