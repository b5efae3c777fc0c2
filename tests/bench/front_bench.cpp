// The real binary on the demo content, over sockets: requests a second, how long they take, and what one costs the
// server. The load generator needs a core of its own as much as the server does: read the CPU column first.
#include <fmt/format.h>

#include <stdexcept>

#include "tests/bench/support/load.hpp"
#include "tests/bench/support/measure.hpp"
#include "tests/support/child.hpp"
#include "tests/support/http_client.hpp"

namespace {

using namespace stele;

constexpr int connections = 32;
constexpr double warm_seconds = 0.5, seconds = 3;

struct Case {
    std::string name, target;
    bool known = false;  // the client sends the ETag it has
};

std::string request_of(std::uint16_t port, const Case& c) {
    auto request = fmt::format("GET {} HTTP/1.1\r\nHost: 127.0.0.1:{}\r\nAccept-Language: nb\r\n", c.target, port);
    if (c.known) {
        const auto answer = test::HttpClient(port).get(c.target);
        request += fmt::format("If-None-Match: {}\r\n", answer.header("ETag"));
    }
    return request + "\r\n";
}

void measure(const bench::Table& table, test::Child& server, std::uint16_t port, const Case& c) {
    const auto request = request_of(port, c);
    const int status = c.known ? 304 : 200;
    const auto bytes = test::HttpClient(port).get(c.target).body.size();
    bench::load(port, request, status, connections, warm_seconds);
    const auto before = server.cpu_micros();
    const auto load = bench::load(port, request, status, connections, seconds);
    const auto cpu = server.cpu_micros() - before;
    const auto count = double(load.times.size());
    table.row({c.name, std::to_string(bytes), bench::figure(count / load.seconds),
               bench::figure(bench::percentile(load.times, 50) / 1e3),
               bench::figure(bench::percentile(load.times, 99) / 1e3), bench::figure(cpu / count)});
}

}  // namespace

int main() {
    const bench::Folder folder;
    const std::map<std::string, std::string> environment{{"STELE_DATABASE", "sqlite:" + folder.path() + "/site.db"},
                                                         {"STELE_LISTEN", "127.0.0.1:0"},
                                                         {"STELE_MAX_REQUESTS_PER_CONNECTION", "0"}};
    // The demo's files include some that another locale lacks on purpose, and none that are bad.
    if (test::Child({STELE_BINARY, "import", STELE_SOURCE_DIR "/config/demo"}, {.environment = environment}).wait() !=
        0)
        throw std::runtime_error("the demo could not be imported");
    test::Child server({STELE_BINARY, "serve"}, {.environment = environment});
    const auto port = server.port();

    const bench::Table table(fmt::format("{} keep-alive connections, {} s each", connections, seconds),
                             {"answer", "bytes", "requests/s", "p50 ms", "p99 ms", "server cpu µs/request"});
    for (const Case& c : {Case{"page", "/nb/lillehammer-solidaritetsby"},
                          Case{"page, unchanged (304)", "/nb/lillehammer-solidaritetsby", true}, Case{"list", "/nb/"},
                          Case{"article, JSON", "/api/v1/articles/lillehammer-solidarity-city?locale=nb"},
                          Case{"style sheet", "/assets/site.css"}, Case{"nothing but the front", "/healthz"}})
        measure(table, server, port, c);
}
