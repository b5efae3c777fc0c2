// The purge hook against a server with a certificate that nobody but the test has signed.
#include <Poco/Net/Context.h>
#include <Poco/Net/SecureServerSocket.h>
#include <Poco/Net/SecureStreamSocket.h>

#include <boost/test/unit_test.hpp>
#include <thread>

#include "server/delivery/post.hpp"
#include "tests/support/certificate.hpp"

using namespace stele::delivery;
using stele::test::Certificate;
using namespace std::chrono_literals;
namespace net = Poco::Net;

namespace {

// Takes one connection, and answers what comes over it with 204.
class OneAnswer {
  public:
    explicit OneAnswer(const Certificate& certificate)
        : socket_(net::SocketAddress("127.0.0.1", 0), 4,
                  new net::Context(net::Context::TLS_SERVER_USE, certificate.key(), certificate.file(), "",
                                   net::Context::VERIFY_NONE)),
          thread_([this] { serve(); }) {}
    ~OneAnswer() { thread_.join(); }

    std::string url(const std::string& host) const {
        return "https://" + host + ":" + std::to_string(socket_.address().port()) + "/purge";
    }
    // After the one connection has ended.
    std::string received() {
        thread_.join();
        thread_ = std::thread([] {});
        return received_;
    }

  private:
    void serve() {
        try {
            if (!socket_.poll(Poco::Timespan(20, 0), net::Socket::SELECT_READ)) return;
            auto connection = socket_.acceptConnection();
            connection.setReceiveTimeout(Poco::Timespan(20, 0));
            char bytes[4096];
            while (received_.find("\"all\":true}") == std::string::npos) {
                const auto got = connection.receiveBytes(bytes, sizeof bytes);
                if (got <= 0) return;
                received_.append(bytes, size_t(got));
            }
            const std::string answer = "HTTP/1.1 204 No Content\r\n\r\n";
            connection.sendBytes(answer.data(), int(answer.size()));
        } catch (const Poco::Exception&) {  // the client did not like the certificate
        }
    }

    net::SecureServerSocket socket_;
    std::string received_;
    std::thread thread_;
};

// What went wrong when it is told, and what the server got to see.
struct Told {
    std::string fault, received;
};
Told tell(const Certificate& certificate, const std::string& host, const std::string& trusted) {
    OneAnswer server(certificate);
    const Post post(server.url(host), trusted, 20s);
    const auto fault = post.send(R"({"all":true})", "t=1,v1=0");
    return {fault, server.received()};
}

}  // namespace

BOOST_AUTO_TEST_SUITE(purge_hook_tls, *boost::unit_test::precondition([](auto) { return Post::knows_https(); }))

BOOST_FIXTURE_TEST_CASE(a_certificate_of_the_file_is_trusted, Certificate) {
    const auto told = tell(*this, "localhost", file());
    BOOST_TEST(told.fault == "");
    BOOST_TEST(told.received.starts_with("POST /purge HTTP/1.1"));
}

BOOST_FIXTURE_TEST_CASE(nothing_is_told_to_whom_nobody_vouches_for, Certificate) {
    const auto told = tell(*this, "localhost", "");
    BOOST_TEST(told.fault != "");
    BOOST_TEST(told.received == "");
}

BOOST_FIXTURE_TEST_CASE(nothing_is_told_to_another_host_than_the_certificates, Certificate) {
    const auto told = tell(*this, "127.0.0.1", file());
    BOOST_TEST(told.fault != "");
    BOOST_TEST(told.received == "");
}

BOOST_AUTO_TEST_SUITE_END()
