#pragma once
// What one client may take. Deadlines belong to a phase: a request that makes progress is never cut by another's clock.
#include <chrono>
#include <cstddef>

namespace stele::http {

struct Limits {
    std::size_t head_bytes = 16 * 1024;
    std::size_t target_bytes = 8 * 1024;
    std::size_t header_count = 100;
    std::size_t body_bytes = 4 * 1024 * 1024;
    std::size_t connections = 0;                 // in all; 0 = no limit
    std::size_t connections_per_address = 0;     // an IPv6 network of 64 bits counts as one address; 0 = no limit
    std::size_t requests_per_connection = 1000;  // 0 = no limit
    // Sockets open at a time, with those that are told to come back: whoever is idle for longest makes room. 0 = as
    // many as there are descriptors; but then none is left for the database.
    std::size_t sockets = 0;

    std::chrono::milliseconds head_time{10'000};   // from the first byte of a head to its end
    std::chrono::milliseconds body_time{30'000};   // for every 64 KB of a body
    std::chrono::milliseconds write_time{30'000};  // for every 16 KB of a response that its reader is slow to take
    std::chrono::milliseconds idle_time{75'000};   // between requests, and before the first
};

}  // namespace stele::http
