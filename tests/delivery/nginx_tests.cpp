// Requests that two readers could understand differently, sent through a real nginx that keeps its connections to us:
// whatever reaches the server is answered to whoever sent it, and nothing is left over for the next client.
#include <fmt/format.h>

#include <filesystem>
#include <fstream>

#include "tests/support/child.hpp"
#include "tests/unit/http/server_support.hpp"

using namespace stele::test;
namespace fs = std::filesystem;

namespace {

// Debian's place; a path search would find what is not the package.
constexpr auto nginx = "/usr/sbin/nginx";

boost::test_tools::assertion_result nginx_is_there(boost::unit_test::test_unit_id) {
    boost::test_tools::assertion_result found(fs::exists(nginx));
    found.message() << "nginx is not installed: nothing was sent through it (apt-get install nginx)";
    if (!found) BOOST_TEST_MESSAGE(found.message().str());
    return found;
}

constexpr auto configuration = R"(
daemon off;
master_process off;
pid {0}/pid;
error_log {0}/errors;
events {{}}
http {{
    access_log off;
    client_body_temp_path {0}/body;
    proxy_temp_path {0}/proxy;
    fastcgi_temp_path {0}/fastcgi;
    uwsgi_temp_path {0}/uwsgi;
    scgi_temp_path {0}/scgi;
    upstream stele {{
        server unix:{0}/stele.sock;
        keepalive 1;
    }}
    server {{
        listen unix:{0}/nginx.sock;
        proxy_ignore_client_abort on;
        {1}
        location / {{
            proxy_pass http://stele;
            proxy_http_version 1.1;
            proxy_set_header Connection "";
            proxy_set_header Host $host;
            proxy_set_header X-Forwarded-For $remote_addr;
        }}
    }}
}}
)";

// nginx in front of a server that notes what reached it.
class Behind {
  public:
    // `setting`: more lines of nginx's server.
    explicit Behind(const std::string& setting) {
        std::string name = "/tmp/stele-nginx-XXXXXX";
        BOOST_REQUIRE(mkdtemp(name.data()));
        folder_ = name;
        auto options = on_any_port();
        options.listen = "unix:" + (folder_ / "stele.sock").string();
        server_ = std::make_unique<Server>(options, [this](const Request& request) {
            const std::lock_guard lock(mutex_);
            seen_.push_back(request.method + " " + request.path + " " + request.body);
            return stele::http::text_response(200, "text/plain", seen_.back());
        });
        server_->start();
        std::ofstream(folder_ / "conf") << fmt::format(configuration, folder_.string(), setting);
        proxy_ = std::make_unique<Child>(
            std::vector<std::string>{nginx, "-c", (folder_ / "conf").string(), "-e", (folder_ / "errors").string()},
            Child::Setting{});
        BOOST_REQUIRE(eventually([&] { return is_up(); }));
    }
    ~Behind() {
        proxy_.reset();
        server_.reset();
        fs::remove_all(folder_);
    }

    RawConnection connect() const { return RawConnection((folder_ / "nginx.sock").string()); }
    std::vector<std::string> take_seen() {
        const std::lock_guard lock(mutex_);
        return std::exchange(seen_, {});
    }

  private:
    bool is_up() const {
        try {
            connect();
            return true;
        } catch (const std::runtime_error&) {
            return false;
        }
    }

    fs::path folder_;
    std::mutex mutex_;
    std::vector<std::string> seen_;
    std::unique_ptr<Server> server_;
    std::unique_ptr<Child> proxy_;
};

const std::string hidden = "GET /hidden HTTP/1.1\r\nHost: a\r\n\r\n";

std::string post(std::string_view fields, std::string_view body) {
    return "POST /front HTTP/1.1\r\nHost: a\r\n" + std::string(fields) + "\r\n" + std::string(body);
}
std::string with_length(std::string_view body) {
    return post("Content-Length: " + std::to_string(body.size()) + "\r\n", body);
}

std::vector<std::string> attempts() {
    const auto end_then_hidden = "0\r\n\r\n" + hidden;
    const auto length_of_all = "Content-Length: " + std::to_string(end_then_hidden.size()) + "\r\n";
    std::vector<std::string> all = {
        // Two framings: one reader goes by the length, the other by the chunks.
        post(length_of_all + "Transfer-Encoding: chunked\r\n", end_then_hidden),
        post("Transfer-Encoding: chunked\r\n" + length_of_all, end_then_hidden),
        post("Content-Length: 4\r\nTransfer-Encoding: chunked\r\n", "22\r\n" + hidden + "\r\n0\r\n\r\n"),
        post("Content-Length: 0\r\n" + length_of_all, end_then_hidden),
        post(length_of_all + "Content-Length: 0\r\n", end_then_hidden),
        post("Content-Length: 0, " + std::to_string(end_then_hidden.size()) + "\r\n", end_then_hidden),
        post("Content-Length: +5\r\n", "0\r\n\r\n" + hidden),
        post("Content-Length: 5 \r\n", "0\r\n\r\n" + hidden),
        post("Content-Length: 5\r\nContent-Length\x0b: 0\r\n", "0\r\n\r\n" + hidden),
        post("Connection: Content-Length\r\n" + length_of_all, end_then_hidden),
        post("Connection: Transfer-Encoding\r\nTransfer-Encoding: chunked\r\n", end_then_hidden),
        // Chunks that another reader counts differently.
        post("Transfer-Encoding: chunked\r\n", "0;\n\r\n" + hidden),
        post("Transfer-Encoding: chunked\r\n", "2;a\nxx\r\n0\r\n\r\n" + hidden),
        post("Transfer-Encoding: chunked\r\n", "2\r\nxx0\r\n\r\n" + hidden),
        post("Transfer-Encoding: chunked\r\n", "10000000000000000\r\n\r\n" + hidden),
        post("Transfer-Encoding: chunked\r\n", "0x0\r\n\r\n" + hidden),
        post("Transfer-Encoding: chunked\r\n", "-1\r\n\r\n" + hidden),
        post("Transfer-Encoding: chunked\r\n", "0\r\nX: y\n\r\n" + hidden),
        post("Transfer-Encoding: chunked\r\n", "0\r\nGET /hidden HTTP/1.1\r\nHost: a\r\n\r\n"),
        // Lines that another reader cuts elsewhere.
        "POST /front HTTP/1.1\nHost: a\nContent-Length: 34\n\n" + hidden,
        post("X: y\nContent-Length: 0\r\n" + length_of_all, end_then_hidden),
        post("X: y\r\n Content-Length: 0\r\n" + length_of_all, end_then_hidden),
        post("X: y\rContent-Length: 0\r\n" + length_of_all, end_then_hidden),
        post(std::string("X: y\0\r\n", 7) + length_of_all, end_then_hidden),
        "POST /front HTTP/1.1\r\nHost: a\r\n\r\r\n" + hidden,
        "GET /front HTTP/1.1\r\nHost: a\r\nX: y\r\n\n" + hidden,
        "GET /front%0d%0aHost:%20b%0d%0a%0d%0aGET%20/hidden HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /front HTTP/1.1 \r\nHost: a\r\n\r\n" + hidden,
        "GET /front HTTP/1.1\x0b\r\nHost: a\r\n\r\n" + hidden,
        "GET http://b/front HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /front HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /front?\r\n" + hidden,
        "GET /front HTTP/1.0\r\nTransfer-Encoding: chunked\r\nConnection: keep-alive\r\n\r\n" + end_then_hidden,
        "GET /front HTTP/1.1\r\nHost: a\r\nContent-Length: 34\r\n\r\n" + hidden,
        "HEAD /front HTTP/1.1\r\nHost: a\r\nContent-Length: 34\r\n\r\n" + hidden,
        "OPTIONS * HTTP/1.1\r\nHost: a\r\nContent-Length: 34\r\n\r\n" + hidden,
        post("Expect: 100-continue\r\n" + length_of_all, end_then_hidden),
        post("Upgrade: h2c\r\nConnection: Upgrade, HTTP2-Settings\r\nHTTP2-Settings: AAMAAABkAAQ\r\n" + length_of_all,
             end_then_hidden),
        with_length(end_then_hidden) + hidden,
    };
    for (const std::string coding :
         {"Transfer-Encoding : chunked", "Transfer-Encoding:chunked", "Transfer-Encoding:\tchunked",
          "Transfer-Encoding: \x0b"
          "chunked",
          "Transfer-Encoding\t: chunked", "Transfer-Encoding: xchunked", "Transfer-Encoding: chunked\x0b",
          "Transfer-Encoding: \"chunked\"", "Transfer-Encoding: chunked, identity",
          "Transfer-Encoding: identity, chunked", "Transfer-Encoding: chunked\r\nTransfer-Encoding: cow",
          "Transfer-Encoding: cow\r\nTransfer-Encoding: chunked", "Transfer-Encoding:\r\n chunked",
          "X: y\nTransfer-Encoding: chunked", "Transfer-Encoding: CHUNKED", "transfer_encoding: chunked",
          " Transfer-Encoding: chunked", "Transfer-Encoding;: chunked"})
        all.push_back(post(coding + "\r\n" + length_of_all, end_then_hidden));
    return all;
}

// The bodies that the server made, in order; nginx's own answers are pages.
std::vector<std::string> ours(std::string_view bytes) {
    std::vector<std::string> bodies;
    for (auto at = bytes.find("HTTP/1.1 200 "); at != std::string_view::npos;
         at = bytes.find("HTTP/1.1 200 ", at + 1)) {
        const auto body = bytes.find("\r\n\r\n", at);
        if (body == std::string_view::npos) break;
        const auto end = bytes.find("HTTP/1.1 ", body);
        bodies.emplace_back(bytes.substr(body + 4, end == std::string_view::npos ? end : end - body - 4));
    }
    return bodies;
}

std::string shown(const std::vector<std::string>& texts) {
    std::string all;
    for (const auto& text : texts) all += "[" + text + "]";
    return all;
}

void check_attempts(Behind& behind) {
    for (const auto& bytes : attempts()) {
        auto connection = behind.connect();
        connection.send(bytes);
        connection.finish_sending();
        const auto answers = connection.read_all();
        const auto seen = behind.take_seen();
        // To HEAD there is an answer without the body that says which.
        auto expected = seen;
        for (auto& one : expected)
            if (one.starts_with("HEAD ")) one.clear();
        // A body may hold what looks like the beginning of an answer to nobody: none of the attempts' does.
        BOOST_TEST(shown(ours(answers)) == shown(expected), bytes << "\n→ " << answers << "\nseen " << shown(seen));
        auto next = behind.connect();
        next.send("GET /next HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        BOOST_TEST(shown(ours(next.read_all())) == "[GET /next ]", bytes);
        BOOST_TEST(shown(behind.take_seen()) == "[GET /next ]", bytes);
    }
}

}  // namespace

BOOST_AUTO_TEST_SUITE(through_nginx, *boost::unit_test::precondition(nginx_is_there))

BOOST_AUTO_TEST_CASE(nothing_is_smuggled_past_it) {
    Behind behind("");
    check_attempts(behind);
}

// Bodies are handed on as they come, chunks as chunks.
BOOST_AUTO_TEST_CASE(nor_where_it_hands_bodies_on_as_they_come) {
    Behind behind("proxy_request_buffering off; ignore_invalid_headers off; underscores_in_headers on;");
    check_attempts(behind);
}

BOOST_AUTO_TEST_SUITE_END()
