// The real binary while thousands of clients hold on to it: 10,000 that are idle, 1,000 that have sent half a request
// and 200 that read a byte a second. What ordinary readers notice of them, and what each costs in memory.
#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <atomic>
#include <cstdlib>
#include <filesystem>
#include <stdexcept>
#include <thread>

#include "tests/bench/support/load.hpp"
#include "tests/bench/support/measure.hpp"
#include "tests/support/child.hpp"
#include "tests/support/http_client.hpp"

namespace {

using namespace stele;
using namespace std::chrono_literals;

constexpr int idle_clients = 10'000, half_clients = 1'000, slow_clients = 200;
constexpr int ordinary_clients = 16;
constexpr double warm_seconds = 2, quiet_seconds = 15;
// Answers enough to fill the buffers of both kernels, so that the server waits for the reader.
constexpr int pipelined = 1'000;
constexpr auto target = "/nb/lillehammer-solidaritetsby";

class Held {
  public:
    explicit Held(std::uint16_t port, int receive_buffer = 0)
        : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_port = htons(port);
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        if (receive_buffer) ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
        if (socket_ < 0 || ::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
            throw std::runtime_error("the server does not take a connection");
    }
    ~Held() {
        if (socket_ >= 0) ::close(socket_);
    }
    Held(Held&& other) noexcept : socket_(std::exchange(other.socket_, -1)) {}
    Held& operator=(Held&& other) noexcept { return std::swap(socket_, other.socket_), *this; }

    void send(std::string_view bytes) const { ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL); }
    void read_one_byte() const {
        char byte = 0;
        ::recv(socket_, &byte, 1, MSG_DONTWAIT);
    }

  private:
    int socket_;
};

std::string request_of(std::uint16_t port) {
    return fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\n\r\n", target, port);
}

class Flood {
  public:
    explicit Flood(std::uint16_t port) : port_(port) {
        for (int n = 0; n < idle_clients; ++n) idle_.emplace_back(port);
        for (int n = 0; n < half_clients; ++n) {
            half_.emplace_back(port);
            half_.back().send("GET /nb/ HTTP/1.1\r\nHost: a\r\nX-Half");
        }
        for (int n = 0; n < slow_clients; ++n) slow_.push_back(slow_one());
        reading_ = std::thread([this] { read_slowly(); });
    }
    ~Flood() {
        stop_ = true;
        reading_.join();
    }

  private:
    Held slow_one() const {
        Held one(port_, 4096);
        std::string requests;
        for (int n = 0; n < pipelined; ++n) requests += request_of(port_);
        one.send(requests);
        return one;
    }
    // The server cuts them off when its time for an answer is over (write_timeout), which they cannot see behind what
    // they have not read: each comes anew before that.
    void read_slowly() {
        constexpr size_t seconds_of_one = 25;
        for (auto next = std::chrono::steady_clock::now(); !stop_; next += 10ms) {
            std::this_thread::sleep_until(next);
            for (size_t n = 0; n < slow_.size() / 100; ++n, ++at_) {
                auto& one = slow_[at_ % slow_.size()];
                if (at_ / slow_.size() % seconds_of_one == at_ % seconds_of_one) one = slow_one();
                one.read_one_byte();
            }
        }
    }

    std::uint16_t port_;
    std::vector<Held> idle_, half_, slow_;
    size_t at_ = 0;
    std::atomic<bool> stop_ = false;
    std::thread reading_;
};

// "task": its threads; "fd": what it has open.
size_t count_of(const test::Child& server, std::string_view what) {
    size_t count = 0;
    for ([[maybe_unused]] const auto& one :
         std::filesystem::directory_iterator(fmt::format("/proc/{}/{}", server.process(), what)))
        ++count;
    return count;
}

void allow_sockets() {
    rlimit limit{};
    ::getrlimit(RLIMIT_NOFILE, &limit);
    limit.rlim_cur = limit.rlim_max;
    ::setrlimit(RLIMIT_NOFILE, &limit);
    if (limit.rlim_cur < idle_clients + half_clients + slow_clients + 100)
        throw std::runtime_error("too few open files are allowed for this (ulimit -Hn)");
}

struct Bench {
    const bench::Table& table;
    test::Child& server;
    std::uint16_t port;

    void measure(const std::string& when, double seconds) const {
        const auto request = request_of(port);
        std::string failed = "0";
        bench::Load load;
        const auto before = server.cpu_micros();
        try {
            load = bench::load(port, request, 200, ordinary_clients, seconds);
        } catch (const std::runtime_error& error) {
            failed = error.what();
        }
        const auto count = double(load.times.size());
        table.row({when, bench::figure(count / load.seconds), bench::figure(bench::percentile(load.times, 50) / 1e3),
                   bench::figure(bench::percentile(load.times, 99) / 1e3),
                   bench::figure((server.cpu_micros() - before) / count), failed,
                   std::to_string(count_of(server, "task")), std::to_string(count_of(server, "fd")),
                   std::to_string(server.memory_kilobytes().own)});
    }
};

}  // namespace

int main() {
    allow_sockets();
    const char* asked = std::getenv("STELE_BENCH_SECONDS");
    const double flood_seconds = asked ? std::atof(asked) : 60;
    const bench::Folder folder;
    const std::map<std::string, std::string> environment{{"STELE_DATABASE", "sqlite:" + folder.path() + "/site.db"},
                                                         {"STELE_LISTEN", "127.0.0.1:0"},
                                                         {"STELE_MAX_CONNECTIONS", "0"},
                                                         {"STELE_MAX_CONNECTIONS_PER_ADDRESS", "0"},
                                                         {"STELE_MAX_REQUESTS_PER_CONNECTION", "0"},
                                                         {"STELE_HEAD_TIMEOUT", "300"},
                                                         {"STELE_IDLE_TIMEOUT", "300"}};
    if (test::Child({STELE_BINARY, "import", STELE_SOURCE_DIR "/config/demo"}, {.environment = environment}).wait() !=
        0)
        throw std::runtime_error("the demo could not be imported");
    test::Child server({STELE_BINARY, "serve"}, {.environment = environment});
    const auto port = server.port();
    bench::load(port, request_of(port), 200, ordinary_clients, warm_seconds);

    const bench::Table table(fmt::format("{} ordinary clients; {} idle, {} with half a request, {} that read a byte a "
                                         "second, for {} s",
                                         ordinary_clients, idle_clients, half_clients, slow_clients, flood_seconds),
                             {"while", "requests/s", "p50 ms", "p99 ms", "server cpu µs/request", "failed", "threads",
                              "open files", "own memory KB"});
    const Bench bench{table, server, port};
    bench.measure("quiet", quiet_seconds);
    const auto before = server.memory_kilobytes().own;
    {
        const Flood flood(port);
        bench.measure("flood", flood_seconds);
        const auto grown = server.memory_kilobytes().own - before;
        fmt::print("{:.2f} KB of memory for each connection that is held\n",
                   double(grown) / (idle_clients + half_clients + slow_clients));
    }
    bench.measure("quiet again", quiet_seconds);
}
