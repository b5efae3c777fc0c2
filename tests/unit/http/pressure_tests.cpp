// Clients that are slow, many or hostile, and the end of the server.
#include <poll.h>
#include <sys/socket.h>

#include <filesystem>
#include <future>

#include "tests/unit/http/server_support.hpp"

using namespace stele::test;
using namespace std::chrono_literals;

namespace {

constexpr std::string_view simple = "GET / HTTP/1.1\r\nHost: a\r\n\r\n";

std::size_t threads_of_this_process() {
    std::size_t count = 0;
    for ([[maybe_unused]] const auto& entry : std::filesystem::directory_iterator("/proc/self/task")) ++count;
    return count;
}

// Known at once, whatever has not been read yet.
bool was_reset(int descriptor) {
    pollfd entry{descriptor, 0, 0};
    return ::poll(&entry, 1, 0) == 1 && (entry.revents & POLLERR) != 0;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(pressure)

BOOST_AUTO_TEST_CASE(a_head_that_does_not_end_is_408) {
    auto options = on_any_port();
    options.limits.head_time = 50ms;
    const Running running(echo, options);
    BOOST_TEST(running.answer_to("GET / HTTP/1.1\r\nHost:").starts_with("HTTP/1.1 408 Request Timeout\r\n"));
}

BOOST_AUTO_TEST_CASE(a_body_that_does_not_come_is_408) {
    auto options = on_any_port();
    options.limits.body_time = 50ms;
    const Running running(echo, options);
    const auto answer = running.answer_to("POST /b HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n123");
    BOOST_TEST(answer.starts_with("HTTP/1.1 408 Request Timeout\r\n"));
    BOOST_TEST(answer.ends_with("body-timeout at /b"));
}

BOOST_AUTO_TEST_CASE(idle_connections_are_closed_without_a_word) {
    auto options = on_any_port();
    options.limits.idle_time = 50ms;
    const Running running(echo, options);
    auto connection = running.connect();
    connection.send(simple);
    connection.read_response();
    BOOST_TEST(connection.closed_by_peer());
    BOOST_TEST(running.connect().read_all() == "");
    BOOST_TEST(eventually([&] { return running.server.connections() == 0; }));
}

BOOST_AUTO_TEST_CASE(a_reader_that_does_not_read_is_cut_and_keeps_nobody_waiting) {
    auto options = on_any_port();
    options.limits.write_time = 100ms;
    const std::string big(20'000'000, 'x');
    const Running running(
        [&](const Request& request) {
            return request.path == "/big" ? Response{200, {}, big} : echo(request);
        },
        options);
    auto connection = running.connect();
    connection.send("GET /big HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(HttpClient(running.server.port()).get("/x").status == 200);
    BOOST_TEST(eventually([&] { return running.server.connections() == 0; }));
    // Nothing of it waits in the kernel, behind what was not read, for a reader who may never come.
    BOOST_TEST(eventually([&] { return was_reset(connection.descriptor()); }));
    BOOST_TEST(connection.read_all().size() < big.size());
}

BOOST_AUTO_TEST_CASE(a_slow_reader_gets_everything_in_the_end) {
    const std::string big(20'000'000, 'x');
    const Running running([&](const Request&) { return Response{200, {}, big}; });
    auto connection = running.connect();
    connection.send("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST((connection.read_response().body == big));
    BOOST_TEST((connection.read_response().body == big));
}

BOOST_AUTO_TEST_CASE(a_full_queue_is_503_at_once) {
    auto options = on_any_port();
    options.workers = 1;
    options.queue = 1;
    Gate gate;
    Running running([&](const Request& request) { return gate.pass(), echo(request); }, options);
    auto first = running.connect();
    first.send(simple);
    BOOST_TEST(gate.await(1));
    auto second = running.connect();
    second.send(simple);
    BOOST_TEST(eventually([&] { return running.server.waiting() == 1; }));
    auto third = running.connect();
    third.send("GET /third HTTP/1.1\r\nHost: a\r\n\r\n");
    const auto refused = third.read_response();
    BOOST_TEST(refused.status == 503);
    BOOST_TEST(refused.header("Retry-After") == "1");
    BOOST_TEST(refused.body == "overloaded at /third");
    gate.open();
    BOOST_TEST(first.read_response().status == 200);
    BOOST_TEST(second.read_response().status == 200);
    third.send(simple);
    BOOST_TEST(third.read_response().status == 200);
}

BOOST_AUTO_TEST_CASE(limits_on_connections_and_requests) {
    auto options = on_any_port();
    options.limits.connections = 2;
    options.limits.requests_per_connection = 2;
    const Running running(echo, options);
    auto first = running.connect();
    first.send(simple);
    BOOST_TEST(!first.read_response().has_header("Connection"));
    first.send(simple);
    BOOST_TEST(first.read_response().header("Connection") == "close");
    BOOST_TEST(first.closed_by_peer());
    {
        auto a = running.connect();
        auto b = running.connect();
        BOOST_TEST(eventually([&] { return running.server.connections() == 2; }));
        auto c = running.connect();
        const auto refused = c.read_response();
        BOOST_TEST(refused.status == 503);
        BOOST_TEST(refused.body == "connections");
        BOOST_TEST(c.closed_by_peer());
    }
    BOOST_TEST(eventually([&] { return running.server.connections() == 0; }));
}

BOOST_AUTO_TEST_CASE(a_limit_per_address) {
    auto options = on_any_port();
    options.limits.connections_per_address = 1;
    const Running running(echo, options);
    auto first = running.connect();
    first.send(simple);
    BOOST_TEST(first.read_response().status == 200);
    BOOST_TEST(running.connect().read_response().status == 503);
}

BOOST_AUTO_TEST_CASE(a_thousand_half_sent_requests_hold_nobody_up) {
    BOOST_TEST(stele::http::raise_descriptor_limit() > 2500U);
    auto options = on_any_port();
    options.queue = 1000;
    const Running running(echo, options);
    const auto threads = threads_of_this_process();
    std::vector<RawConnection> half;
    for (int i = 0; i < 1000; ++i) {
        half.push_back(running.connect());
        half.back().send(i % 2 == 0 ? "GET / HTTP/1.1\r\nHost: a\r\nX"
                                    : "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n12");
    }
    BOOST_TEST(eventually([&] { return running.server.connections() == 1000; }));
    HttpClient client(running.server.port());
    const auto before = std::chrono::steady_clock::now();
    for (int i = 0; i < 500; ++i) BOOST_REQUIRE(client.get("/quick").status == 200);
    BOOST_TEST((std::chrono::steady_clock::now() - before < 5s));
    BOOST_TEST(threads_of_this_process() == threads);
    for (int i = 0; i < 1000; ++i) half[i].send(i % 2 == 0 ? ": y\r\n\r\n" : "3456789");
    for (auto& connection : half) BOOST_REQUIRE(connection.read_response().status == 200);
}

BOOST_AUTO_TEST_CASE(many_clients_at_once) {
    auto options = on_any_port();
    options.queue = 1000;
    const Running running(echo, options);
    std::vector<std::future<int>> clients;
    for (int c = 0; c < 16; ++c)
        clients.push_back(std::async(std::launch::async, [&, c] {
            HttpClient client(running.server.port());
            int good = 0;
            for (int i = 0; i < 200; ++i) {
                const auto path = "/" + std::to_string(c) + "/" + std::to_string(i);
                good += client.post(path, path).body == "POST " + path + " " + path;
            }
            return good;
        }));
    for (auto& client : clients) BOOST_TEST(client.get() == 200);
}

BOOST_AUTO_TEST_CASE(stop_finishes_what_is_in_flight) {
    Gate gate;
    Running running([&](const Request& request) { return gate.pass(), echo(request); });
    auto idle = running.connect();
    auto half = running.connect();
    half.send("GET /half HTTP/1.1\r\nHost:");
    auto busy = running.connect();
    busy.send("GET /busy HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(gate.await(1));
    BOOST_TEST(eventually([&] { return running.server.connections() == 3; }));
    auto stopping = std::async(std::launch::async, [&] { running.server.stop(10s); });
    BOOST_TEST(idle.closed_by_peer());
    half.send(" a\r\n\r\n");
    BOOST_TEST(gate.await(2));
    gate.open();
    const auto response = busy.read_response();
    BOOST_TEST(response.body == "GET /busy ");
    BOOST_TEST(response.header("Connection") == "close");
    BOOST_TEST(half.read_response().body == "GET /half ");
    busy.finish_sending();
    half.finish_sending();
    stopping.get();
    BOOST_CHECK_THROW(running.connect().send(simple), std::runtime_error);
}

BOOST_AUTO_TEST_CASE(stop_does_not_wait_for_clients_beyond_its_grace) {
    Running running;
    auto half = running.connect();
    half.send("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 9\r\n\r\n12");
    BOOST_TEST(eventually([&] { return running.server.connections() == 1; }));
    const auto before = std::chrono::steady_clock::now();
    running.server.stop(50ms);
    BOOST_TEST((std::chrono::steady_clock::now() - before < 5s));
    running.server.stop(50ms);
}

BOOST_AUTO_TEST_CASE(clients_that_vanish_are_forgotten) {
    Gate gate;
    Running running([&](const Request& request) { return gate.pass(), echo(request); });
    {
        auto gone = running.connect();
        gone.send(simple);
        BOOST_TEST(gate.await(1));
        const linger at_once{1, 0};
        ::setsockopt(gone.descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
    }
    gate.open();
    BOOST_TEST(eventually([&] { return running.server.connections() == 0; }));
    BOOST_TEST(HttpClient(running.server.port()).get("/").status == 200);
}

BOOST_AUTO_TEST_CASE(a_client_may_close_its_side_and_still_gets_its_answers) {
    const Running running;
    auto connection = running.connect();
    connection.send(std::string(simple) + std::string(simple));
    connection.finish_sending();
    BOOST_TEST(connection.read_response().status == 200);
    BOOST_TEST(connection.read_response().status == 200);
    BOOST_TEST(connection.closed_by_peer());
}

BOOST_AUTO_TEST_SUITE_END()
