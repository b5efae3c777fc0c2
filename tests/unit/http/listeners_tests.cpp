// Where a server can be reached: ports, unix sockets, sockets that are handed to it.
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "tests/unit/http/server_support.hpp"

using namespace stele::test;
using stele::http::ListenError;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view simple = "GET /x HTTP/1.1\r\nHost: a\r\n\r\n";

// A folder with a short name: a unix socket's path has at most 107 bytes.
struct Place {
    Place() {
        std::string name = "/tmp/stele-XXXXXX";
        BOOST_REQUIRE(mkdtemp(name.data()));
        folder = name;
        path = folder / "s";
    }
    ~Place() { fs::remove_all(folder); }
    Options options() const {
        auto made = on_any_port();
        made.listen = "unix:" + path.string();
        return made;
    }
    RawConnection connect() const { return RawConnection(path.string()); }

    fs::path folder, path;
};

std::string answer_on(RawConnection connection) {
    connection.send(simple);
    const auto response = connection.read_response();
    return response.body + std::string(response.header("X-Peer"));
}

std::string refusal(const Options& options) {
    Server server(options, echo);
    try {
        server.start();
    } catch (const ListenError& error) {
        return error.what();
    }
    return "it listens";
}

// A listening socket as systemd hands it over.
int handed_over() {
    Poco::Net::ServerSocket socket;
    socket.bind(Poco::Net::SocketAddress("127.0.0.1", 0));
    socket.listen();
    return ::dup(socket.impl()->sockfd());
}

}  // namespace

BOOST_AUTO_TEST_SUITE(listeners)

BOOST_FIXTURE_TEST_CASE(a_unix_socket_is_served_and_removed_at_the_end, Place) {
    {
        auto wanted = options();
        wanted.unix_mode = 0600;
        wanted.limits.connections_per_address = 1;
        const Running running(echo, wanted);
        struct stat found {};
        BOOST_TEST(::stat(path.c_str(), &found) == 0);
        BOOST_TEST((found.st_mode & 07777) == 0600u);
        BOOST_TEST(running.server.places() == std::vector<std::string>{"unix:" + path.string()});
        BOOST_TEST(running.server.port() == 0);
        // Many at once: they have no address that could be counted. Each loop serves some.
        std::vector<RawConnection> open;
        for (int n = 0; n < 8; ++n) {
            open.push_back(connect());
            open.back().send(simple);
            BOOST_TEST(open.back().read_response().header("X-Peer") == "unix");
        }
    }
    BOOST_TEST(!fs::exists(path));
}

BOOST_FIXTURE_TEST_CASE(what_a_dead_server_left_is_replaced_and_nothing_else, Place) {
    Poco::Net::ServerSocket dead;
    dead.bind(Poco::Net::SocketAddress(Poco::Net::SocketAddress::UNIX_LOCAL, path.string()));
    dead.listen();
    BOOST_TEST(refusal(options()) == "socket in use: unix:" + path.string());
    dead.close();
    BOOST_TEST(fs::exists(path));
    {
        const Running running(echo, options());
        BOOST_TEST(answer_on(connect()) == "GET /x unix");
        BOOST_TEST(refusal(options()) == "socket in use: unix:" + path.string());
    }
    std::ofstream(path) << "a file of somebody's";
    BOOST_TEST(refusal(options()).find("the file exists") != std::string::npos);
    BOOST_TEST(fs::file_size(path) == 20u);
}

BOOST_FIXTURE_TEST_CASE(the_socket_of_a_successor_is_left_alone, Place) {
    auto former = std::make_unique<Running>(echo, options());
    fs::remove(path);
    const Running successor(echo, options());
    former.reset();
    BOOST_TEST(answer_on(connect()) == "GET /x unix");
}

BOOST_FIXTURE_TEST_CASE(several_addresses_at_once, Place) {
    auto both = options();
    both.listen += ", 127.0.0.1:0";
    const Running running(echo, both);
    BOOST_TEST(running.server.places().size() == 2u);
    BOOST_TEST(running.server.places().back() == "http://127.0.0.1:" + std::to_string(running.server.port()));
    BOOST_TEST(answer_on(connect()) == "GET /x unix");
    BOOST_TEST(answer_on(running.connect()) == "GET /x 127.0.0.1");
    // One that cannot be had leaves nothing behind of the others.
    auto half = on_any_port();
    half.listen = "unix:" + (folder / "t").string() + ",unix:" + (folder / "none" / "s").string();
    BOOST_TEST(refusal(half).starts_with("cannot listen on unix:"));
    BOOST_TEST(!fs::exists(folder / "t"));
    half.listen = "unix:" + std::string(200, 'a');
    BOOST_TEST(refusal(half).find("bytes is needed") != std::string::npos);
    half.listen = ",";
    BOOST_TEST(refusal(half).starts_with("cannot listen on nothing"));
}

BOOST_AUTO_TEST_CASE(sockets_that_were_handed_over) {
    auto given = on_any_port();
    given.listen = "not looked at";
    given.inherited = {handed_over(), handed_over()};
    const Running running(echo, given);
    BOOST_TEST(running.server.places().size() == 2u);
    for (const auto& place : running.server.places()) {
        const auto port = std::stoi(place.substr(place.rfind(':') + 1));
        BOOST_TEST(answer_on(RawConnection(static_cast<std::uint16_t>(port))) == "GET /x 127.0.0.1");
    }
    given.inherited = {::socket(AF_INET, SOCK_STREAM, 0)};
    BOOST_TEST(refusal(given).find("no listening stream socket") != std::string::npos);
}

BOOST_FIXTURE_TEST_CASE(a_stop_gives_loops_that_share_a_socket_up_together, Place) {
    auto options_of_many = options();
    options_of_many.loops = 4;
    Running running(echo, options_of_many);
    auto idle = connect();
    idle.send(simple);
    BOOST_TEST(idle.read_response().status == 200);
    running.server.stop(std::chrono::seconds(10));
    BOOST_TEST(idle.closed_by_peer());
    BOOST_CHECK_THROW(connect(), std::runtime_error);
}

BOOST_AUTO_TEST_SUITE_END()
