// The real binary as a service: sockets from systemd, what it tells it, a log that is moved away, a unix socket.
#include <Poco/Net/ServerSocket.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

#include <boost/test/unit_test.hpp>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <thread>

#include "tests/support/child.hpp"
#include "tests/support/http_client.hpp"
#include "tests/support/notify_socket.hpp"

using namespace stele::test;
namespace fs = std::filesystem;
using namespace std::chrono_literals;

namespace {

struct Service {
    Service() {
        std::string name = "/tmp/stele-service-XXXXXX";
        BOOST_REQUIRE(mkdtemp(name.data()));
        folder = name;
        environment = {{"STELE_DATABASE", "sqlite:" + (folder / "stele.db").string()},
                       {"STELE_LISTEN", "127.0.0.1:0"},
                       {"STELE_ACCESS_LOG", (folder / "access.log").string()}};
    }
    ~Service() {
        child.reset();
        fs::remove_all(folder);
    }
    void start(const std::vector<std::string>& command = {STELE_BINARY, "serve"}) {
        Child::Setting setting;
        setting.environment = environment;
        setting.errors = (folder / "errors").string();
        child = std::make_unique<Child>(command, setting);
    }
    static std::string contents(const fs::path& path) {
        std::ifstream file(path);
        return {std::istreambuf_iterator<char>(file), {}};
    }
    static bool eventually(const std::function<bool()>& condition) {
        const auto until = std::chrono::steady_clock::now() + 10s;
        while (!condition()) {
            if (std::chrono::steady_clock::now() > until) return false;
            std::this_thread::yield();
        }
        return true;
    }

    fs::path folder;
    std::map<std::string, std::string> environment;
    std::unique_ptr<Child> child;
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(service, Service)

BOOST_AUTO_TEST_CASE(systemd_hands_sockets_over_and_hears_how_it_goes) {
    Poco::Net::ServerSocket socket;
    socket.bind(Poco::Net::SocketAddress("127.0.0.1", 0));
    socket.listen();
    const auto port = socket.address().port();
    // Who comes before the server is there waits for it.
    RawConnection early(port);
    early.send("GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n");

    const NotifySocket receiver((folder / "notify").string());
    environment["NOTIFY_SOCKET"] = (folder / "notify").string();
    environment["WATCHDOG_USEC"] = "20000";
    environment["LISTEN_FDS"] = "1";
    const int handed = ::dup(socket.impl()->sockfd());
    // Not sh: Debian's knows no descriptor above 9.
    start({"/bin/bash", "-c", "export LISTEN_PID=$$; exec \"$0\" serve 3<&" + std::to_string(handed), STELE_BINARY});
    ::close(handed);
    BOOST_TEST(early.read_response().status == 200);
    BOOST_TEST(receiver.receive() == "READY=1");
    BOOST_TEST(receiver.receive() == "WATCHDOG=1");
    BOOST_TEST(receiver.receive() == "WATCHDOG=1");
    BOOST_TEST(child->port() == port);
    child.reset();
    std::string said;
    while ((said = receiver.receive()) == "WATCHDOG=1") {
    }
    BOOST_TEST(said == "STOPPING=1");
    // It is systemd's: the next server has it.
    BOOST_CHECK_NO_THROW(RawConnection{port});
}

BOOST_AUTO_TEST_CASE(the_access_log_may_be_moved_away) {
    start();
    HttpClient client(child->port());
    const auto log = folder / "access.log", old = folder / "access.log.1";
    const auto id_in = [&](const fs::path& file, std::string_view id) {
        return eventually([&] { return contents(file).find(id) != std::string::npos; });
    };
    const auto before = client.get("/en/?q=private"), secret = client.get("/studio/sign-in/s3cret");
    BOOST_TEST(id_in(log, before.header("X-Request-Id")));
    BOOST_TEST(id_in(log, secret.header("X-Request-Id")));
    BOOST_TEST(contents(log).find("private") == std::string::npos);
    BOOST_TEST(contents(log).find("s3cret") == std::string::npos);
    for (const int signal : {SIGHUP, SIGUSR1}) {
        fs::rename(log, old);
        BOOST_TEST(::kill(child->process(), signal) == 0);
        BOOST_TEST(eventually([&] { return fs::exists(log); }));
        const auto after = client.get("/en/");
        BOOST_TEST(id_in(log, after.header("X-Request-Id")));
        BOOST_TEST(contents(old).find(after.header("X-Request-Id")) == std::string::npos);
    }
}

BOOST_AUTO_TEST_CASE(a_unix_socket_and_a_port) {
    const auto path = (folder / "http.sock").string();
    environment["STELE_LISTEN"] = "unix:" + path + ",127.0.0.1:0";
    environment["STELE_UNIX_MODE"] = "0600";
    environment["STELE_TRUSTED_PROXIES"] = "unix";
    start();
    const auto port = child->port();
    BOOST_TEST(HttpClient(port).get("/healthz").status == 200);
    RawConnection proxied(path);
    proxied.send(
        "GET /en/ HTTP/1.1\r\nHost: inner\r\nX-Forwarded-Proto: https\r\nX-Forwarded-Host: example.org\r\n\r\n");
    const auto page = proxied.read_response();
    BOOST_TEST(page.status == 200);
    BOOST_TEST(page.body.find("https://example.org/en/") != std::string::npos);
    BOOST_TEST(!page.header("Strict-Transport-Security").empty());
    // The same page for who came another way is another page.
    const auto direct = HttpClient(port).get("/en/", {{"Host", "example.org"}});
    BOOST_TEST(direct.body.find("http://example.org/en/") != std::string::npos);
    BOOST_TEST(!direct.has_header("Strict-Transport-Security"));
    child.reset();
    BOOST_TEST(!fs::exists(path));
}

BOOST_AUTO_TEST_SUITE_END()
