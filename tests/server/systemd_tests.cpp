// What systemd and the server say to each other.
#include <stdlib.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>

#include "server/cli/systemd.hpp"
#include "tests/support/notify_socket.hpp"

using namespace stele::cli;
using stele::test::NotifySocket;
namespace fs = std::filesystem;

namespace {

// Environment of the test's process for as long as it lives.
struct Variables {
    explicit Variables(std::vector<std::pair<std::string, std::string>> pairs) {
        for (const auto& [name, value] : pairs) ::setenv(name.c_str(), value.c_str(), 1);
    }
    ~Variables() {
        for (const char* name :
             {"LISTEN_PID", "LISTEN_FDS", "LISTEN_FDNAMES", "NOTIFY_SOCKET", "WATCHDOG_USEC", "WATCHDOG_PID"})
            ::unsetenv(name);
    }
};

const std::string me = std::to_string(::getpid());

}  // namespace

BOOST_AUTO_TEST_SUITE(systemd)

BOOST_AUTO_TEST_CASE(sockets_are_taken_when_they_are_meant_for_this_process) {
    {
        const Variables given({{"LISTEN_PID", me}, {"LISTEN_FDS", "2"}, {"LISTEN_FDNAMES", "a:b"}});
        BOOST_TEST(inherited_sockets() == (std::vector<int>{3, 4}), boost::test_tools::per_element());
        // Once: what this process starts finds none of it.
        BOOST_TEST(::getenv("LISTEN_FDS") == nullptr);
        BOOST_TEST(inherited_sockets().empty());
    }
    for (const auto& [process, count] : std::vector<std::pair<std::string, std::string>>{
             {"1", "2"}, {me, ""}, {me, "x"}, {me, "-1"}, {me, "99999999"}, {"", "2"}, {me + " ", "1"}}) {
        const Variables given({{"LISTEN_PID", process}, {"LISTEN_FDS", count}});
        BOOST_TEST(inherited_sockets().empty(), process << " " << count);
    }
}

BOOST_AUTO_TEST_CASE(states_are_said_to_whoever_listens) {
    const auto path = "/tmp/stele-notify-" + me;
    for (const bool abstract : {false, true}) {
        const NotifySocket receiver(path, abstract);
        const Variables given({{"NOTIFY_SOCKET", (abstract ? "@" : "") + path}});
        const Notifier notifier;
        notifier.say("READY=1");
        BOOST_TEST(receiver.receive() == "READY=1");
    }
    // Nobody is there, or it is no address: then nothing happens.
    for (const std::string& place : {path, std::string("relative"), "/" + std::string(200, 'a'), std::string()}) {
        const Variables given({{"NOTIFY_SOCKET", place}});
        Notifier().say("READY=1");
    }
}

BOOST_AUTO_TEST_CASE(a_watchdog_wants_to_hear_twice_within_its_time) {
    const auto asked = [](std::vector<std::pair<std::string, std::string>> variables) {
        const Variables given(std::move(variables));
        const auto every = Notifier().watchdog();
        return every ? every->count() : -1;
    };
    BOOST_TEST(asked({{"WATCHDOG_USEC", "30000000"}}) == 15'000);
    BOOST_TEST(asked({{"WATCHDOG_USEC", "30000000"}, {"WATCHDOG_PID", me}}) == 15'000);
    BOOST_TEST(asked({{"WATCHDOG_USEC", "30000000"}, {"WATCHDOG_PID", "1"}}) == -1);
    BOOST_TEST(asked({{"WATCHDOG_USEC", "0"}}) == -1);
    BOOST_TEST(asked({{"WATCHDOG_USEC", "soon"}}) == -1);
    BOOST_TEST(asked({}) == -1);
}

BOOST_AUTO_TEST_SUITE_END()
