#pragma once
// A load generator of one thread: each of its keep-alive connections has one request under way all the time.
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

namespace stele::bench {

struct Load {
    std::vector<double> times;  // µs of each answer, from sending to its last byte
    double seconds = 0;
};

// The request a connection (0, 1, …) sends next, as it goes over the wire; `answer` is the whole answer to its last
// one, empty before the first.
using NextRequest = std::function<std::string(int connection, const std::string& answer)>;

// Answers need a Content-Length, or to be 304. Throws std::runtime_error when one has another status than `status` or
// the server closes.
Load load(std::uint16_t port, const NextRequest& next, int status, int connections, double seconds);
// So many requests a second, whatever becomes of those before them, over connections of which each waits for its
// answer: of any status, told with its µs.
struct Pace {
    double per_second = 0, seconds = 0;
    int connections = 0;
};
void load_at(std::uint16_t port, const NextRequest& next, const Pace& pace,
             const std::function<void(int status, double micros)>& told);
// The same GET again and again.
Load load(std::uint16_t port, const std::string& request, int status, int connections, double seconds);

}  // namespace stele::bench
