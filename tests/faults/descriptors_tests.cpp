// A process that may open few files, and clients that want more connections than that.
#include <thread>

#include "tests/faults/expect.hpp"
#include "tests/faults/real_server.hpp"

using namespace stele;
using namespace stele::testing;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t few = 96;
constexpr auto half_a_head = "GET /nb/havna HTTP/1.1\r\nHost: localhost\r\nX-Half";

struct FewDescriptors {
    FilledDatabase filled;
    RealServer server{filled.db.url(), {.environment = {{"STELE_HEAD_TIMEOUT", "60"}}, .open_files = few}};
    FewDescriptors() { filled.db.close(); }

    // More than there can be; each has begun a request and is not idle.
    std::vector<test::RawConnection> take_all() const {
        std::vector<test::RawConnection> taken;
        for (std::uint64_t n = 0; n < 2 * few; ++n) {
            taken.emplace_back(server.port());
            taken.back().send(half_a_head);
        }
        return taken;
    }
};

// Waits, without asking the server for anything, until it has said that it is out of descriptors.
bool has_said_so(const RealServer& server) {
    const auto until = std::chrono::steady_clock::now() + 10s;
    while (server.log().find("out of open files") == std::string::npos) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::yield();
    }
    return true;
}

std::size_t count(const std::string& text, std::string_view part) {
    std::size_t found = 0;
    for (auto at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

}  // namespace

BOOST_FIXTURE_TEST_SUITE(out_of_descriptors, FewDescriptors)

BOOST_AUTO_TEST_CASE(those_who_are_connected_are_served_and_the_others_wait_without_costing_anything) {
    auto early = server.client(filled.token);
    BOOST_TEST(early.get("/healthz").status == 200);
    auto busy = std::make_unique<test::RawConnection>(server.port());
    busy->send(half_a_head);
    auto others = take_all();
    BOOST_TEST_REQUIRE(has_said_so(server));
    // Who had begun a request gets its answer, from a database that has to be opened for it.
    busy->send(": 1\r\n\r\n");
    BOOST_TEST(busy->read_response().status == 200);
    others.front().send(": 1\r\n\r\n");
    BOOST_TEST(others.front().read_response().status == 200);

    // A newcomer waits, and the server with it: half a second of a loop that spins would be as much of CPU time.
    const auto before = server.process().cpu_micros();
    test::RawConnection newcomer(server.port(), 500ms);
    newcomer.send(half_a_head + std::string(": 1\r\n\r\n"));
    BOOST_CHECK_THROW(newcomer.read_response(), test::TimedOut);
    BOOST_TEST(server.process().cpu_micros() - before < 100'000);
    BOOST_TEST(count(server.log(), "out of open files") == 1u);

    // The last one that came is still in the kernel's queue; now there is room.
    auto last = std::move(others.back());
    others.clear();
    last.send(": 1\r\n\r\n");
    BOOST_TEST(last.read_response().status == 200);
    BOOST_TEST(server.client(filled.token).post("/api/v1/articles", new_article("after", 100)).status == 201);
    expect_log(server.log(), "out of open files", filled.token);
}

BOOST_AUTO_TEST_CASE(who_is_idle_makes_room_for_who_is_not) {
    std::vector<test::RawConnection> idle;
    for (std::uint64_t n = 0; n < 2 * few; ++n) idle.emplace_back(server.port());
    auto newcomer = server.client(filled.token);
    BOOST_TEST(newcomer.get("/nb/havna").status == 200);
    BOOST_TEST(newcomer.post("/api/v1/articles", new_article("newcomer", 100)).status == 201);
    BOOST_TEST(idle.front().closed_by_peer());
}

BOOST_AUTO_TEST_CASE(the_database_can_still_be_opened_and_written) {
    auto others = take_all();
    BOOST_TEST_REQUIRE(has_said_so(server));
    // Several at once, each on a connection to the database of its own.
    for (size_t n = 0; n < 8; ++n) others[n].send(": 1\r\n\r\n");
    for (size_t n = 0; n < 8; ++n) BOOST_TEST(others[n].read_response().status == 200);
    server.stop();
    BOOST_TEST(found_by_check(filled.db.url()) == "");
}

BOOST_AUTO_TEST_SUITE_END()
