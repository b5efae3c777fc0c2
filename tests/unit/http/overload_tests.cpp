// More than can be answered: who is refused, and when.
#include "server/http/patience.hpp"
#include "tests/unit/http/server_support.hpp"

using namespace stele::test;
using namespace std::chrono_literals;
using stele::http::Patience;

namespace {

constexpr std::string_view reading = "GET /r HTTP/1.1\r\nHost: a\r\n\r\n";
constexpr std::string_view writing = "POST /w HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx";

struct Turns {
    Patience patience;
    Patience::Clock::time_point now{1h};
    // `count` turns, `apart` from each other, of who had waited for so long.
    Patience::Duration after(int count, Patience::Duration apart, Patience::Duration waited) {
        for (int n = 0; n < count; ++n) patience.note(waited, now += apart);
        return patience.limit();
    }
    // So many come, a millisecond apart, each of whom finds so many before them: how many may wait too.
    int let_in(int count, std::size_t waiting) {
        int in = 0;
        for (int n = 0; n < count; ++n) in += patience.lets_in(waiting, now += 1ms) ? 1 : 0;
        return in;
    }
};

void let_pass(std::chrono::milliseconds time) {
    const auto until = std::chrono::steady_clock::now() + time;
    BOOST_TEST(eventually([&] { return std::chrono::steady_clock::now() > until; }));
}

}  // namespace

BOOST_AUTO_TEST_SUITE(overload)

BOOST_AUTO_TEST_CASE(a_burst_may_wait_and_a_standing_queue_may_not) {
    Turns turns{Patience(1s, 20ms, 1)};
    BOOST_TEST((turns.after(1, 1ms, 500ms) == 1s));
    // A burst that is worked off: waits grow shorter.
    BOOST_TEST((turns.after(50, 1ms, 90ms) == 1s));
    BOOST_TEST((turns.after(50, 1ms, 10ms) == 1s));
    BOOST_TEST((turns.after(99, 1ms, 0ms) == 1s));
    // Nobody waited less than 20 ms for a whole interval; nor did anybody have to be refused in the next.
    BOOST_TEST((turns.after(100, 1ms, 30ms) == 1s));
    BOOST_TEST((turns.after(100, 1ms, 30ms) == 40ms));
    BOOST_TEST((turns.after(100, 1ms, 0ms) == 1s));
}

BOOST_AUTO_TEST_CASE(while_a_queue_stands_who_would_have_to_wait_is_refused_at_once) {
    Turns turns{Patience(1s, 20ms, 2)};
    for (int i = 0; i < 100; ++i) turns.patience.served(1ms);
    BOOST_TEST(turns.let_in(50, 200) == 50);
    turns.after(200, 1ms, 30ms);
    // Two workers answer one in a millisecond each: behind 18 others one waits for 9 ms, behind 22 for 11.
    BOOST_TEST(turns.let_in(20, 18) == 20);
    BOOST_TEST(turns.let_in(20, 22) == 0);
    // As long as many have to be refused it goes on, however short the queue is kept by that.
    turns.after(1, 1ms, 0ms);
    for (int i = 0; i < 20; ++i) {
        BOOST_TEST(turns.let_in(45, 10) == 45);
        BOOST_TEST(turns.let_in(5, 22) == 0);
    }
    // It is over with an interval in which few had to be.
    turns.let_in(100, 0);
    turns.let_in(100, 0);
    BOOST_TEST(turns.let_in(20, 22) == 20);
    BOOST_TEST((turns.patience.limit() == 1s));
}

BOOST_AUTO_TEST_CASE(a_burst_waits_for_eight_times_as_long_as_what_stands_and_not_for_longer) {
    Turns turns{Patience(1s, 20ms, 2)};
    for (int i = 0; i < 100; ++i) turns.patience.served(1ms);
    BOOST_TEST(turns.let_in(50, 310) == 50);
    BOOST_TEST(turns.let_in(50, 330) == 0);
    // Who change something wait for the disk together.
    Turns writers{Patience(1s, 0ms, 2)};
    for (int i = 0; i < 100; ++i) writers.patience.served(1ms);
    BOOST_TEST(writers.let_in(50, 330) == 50);
}

BOOST_AUTO_TEST_CASE(where_answers_take_long_a_few_who_wait_for_each_other_are_no_overload) {
    Turns turns{Patience(1s, 20ms, 1)};
    for (int i = 0; i < 100; ++i) turns.patience.served(10ms);
    BOOST_TEST((turns.after(1000, 1ms, 70ms) == 1s));
    for (int i = 0; i < 100; ++i) turns.patience.served(1ms);
    BOOST_TEST((turns.after(250, 1ms, 70ms) == 40ms));
}

BOOST_AUTO_TEST_CASE(the_parts_of_a_page_that_one_reader_asks_for_are_no_overload) {
    Turns turns{Patience(1s, 20ms, 1)};
    for (int page = 0; page < 20; ++page) BOOST_TEST((turns.after(20, 5ms, 30ms) == 1s));
    BOOST_TEST(turns.let_in(20, 50) == 20);
}

BOOST_AUTO_TEST_CASE(quiet_times_are_no_sign_of_a_standing_queue) {
    Turns turns{Patience(1s, 20ms, 1)};
    BOOST_TEST((turns.after(20, 1s, 30ms) == 1s));
    Turns without{Patience(1s, 0ms, 1)};
    BOOST_TEST((without.after(1000, 1ms, 900ms) == 1s));
    BOOST_TEST(without.let_in(1000, 500) == 1000);
    Turns shorter{Patience(30ms, 20ms, 1)};
    BOOST_TEST((shorter.after(1000, 1ms, 25ms) == 30ms));
}

BOOST_AUTO_TEST_CASE(who_has_waited_too_long_is_refused_and_so_are_those_behind) {
    auto options = on_any_port();
    options.workers = 1;
    options.read_patience = 20ms;
    Gate gate;
    const Running running([&](const Request& request) { return gate.pass(), echo(request); }, options);
    auto first = running.connect();
    first.send(reading);
    BOOST_TEST(gate.await(1));
    auto second = running.connect();
    second.send(reading);
    BOOST_TEST(eventually([&] { return running.server.waiting() == 1; }));
    let_pass(50ms);
    auto third = running.connect();
    third.send(reading);
    const auto refused = third.read_response();
    BOOST_TEST(refused.status == 503);
    BOOST_TEST(refused.header("Retry-After") == "1");
    BOOST_TEST(refused.body == "overloaded at /r");
    gate.open();
    BOOST_TEST(first.read_response().status == 200);
    BOOST_TEST(second.read_response().status == 503);
    BOOST_TEST(running.server.refused() == 2u);
    // It is over by itself.
    for (auto* connection : {&first, &second, &third}) {
        connection->send(reading);
        BOOST_TEST(connection->read_response().status == 200);
    }
}

BOOST_AUTO_TEST_CASE(readers_do_not_wait_for_writers_nor_writers_for_readers) {
    auto options = on_any_port();
    options.workers = options.writers = 1;
    options.read_patience = options.write_patience = 20ms;
    for (const bool readers_are_stuck : {true, false}) {
        Gate gate;
        const auto stuck = readers_are_stuck ? reading : writing, well = readers_are_stuck ? writing : reading;
        const std::string stuck_method = readers_are_stuck ? "GET" : "POST";
        const Running running(
            [&](const Request& request) {
                if (request.method == stuck_method) gate.pass();
                return echo(request);
            },
            options);
        auto first = running.connect(), second = running.connect(), other = running.connect();
        first.send(stuck);
        BOOST_TEST(gate.await(1));
        second.send(stuck);
        BOOST_TEST(eventually([&] { return running.server.waiting() == 1; }));
        let_pass(50ms);
        other.send(well);
        BOOST_TEST(other.read_response().status == 200);
        other.send(stuck);
        BOOST_TEST(other.read_response().status == 503);
        gate.open();
        BOOST_TEST(first.read_response().status == 200);
        BOOST_TEST(second.read_response().status == 503);
    }
}

BOOST_AUTO_TEST_CASE(what_is_ready_is_answered_however_long_the_queue_is) {
    auto options = on_any_port();
    options.workers = 1;
    options.read_patience = 20ms;
    Gate gate;
    options.ready = std::make_shared<ReadyThere>();
    const Running running([&](const Request& request) { return gate.pass(), echo(request); }, options);
    auto first = running.connect(), second = running.connect(), reader = running.connect();
    first.send(reading);
    BOOST_TEST(gate.await(1));
    second.send(reading);
    BOOST_TEST(eventually([&] { return running.server.waiting() == 1; }));
    let_pass(50ms);
    reader.send("GET /ready HTTP/1.1\r\nHost: a\r\n\r\n");
    BOOST_TEST(reader.read_response().body == "ready");
    gate.open();
    BOOST_TEST(second.read_response().status == 503);
}

BOOST_AUTO_TEST_SUITE_END()
