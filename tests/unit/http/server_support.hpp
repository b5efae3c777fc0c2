#pragma once
// A server on a free port with a handler of the test's own, and what its tests wait for.
#include <boost/test/unit_test.hpp>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "server/http/server.hpp"
#include "tests/support/http_client.hpp"

namespace stele::test {

using http::Handler;
using http::Options;
using http::Request;
using http::Response;
using http::Server;

// A door that handlers wait behind, and that tells how many have come to it.
class Gate {
  public:
    void pass() {
        std::unique_lock lock(mutex_);
        ++arrived_;
        changed_.notify_all();
        changed_.wait(lock, [this] { return open_; });
    }
    void open() {
        const std::lock_guard lock(mutex_);
        open_ = true;
        changed_.notify_all();
    }
    // False after ten seconds without them.
    bool await(int visitors) {
        std::unique_lock lock(mutex_);
        return changed_.wait_for(lock, std::chrono::seconds(10), [&] { return arrived_ >= visitors; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    int arrived_ = 0;
    bool open_ = false;
};

// True once `condition` holds, false after ten seconds. For states that have no event to wait for.
template <class Condition>
bool eventually(Condition condition) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(10);
    while (!condition()) {
        if (std::chrono::steady_clock::now() > until) return false;
        std::this_thread::yield();
    }
    return true;
}

// "METHOD PATH BODY", and X-Seen with what else came.
inline Response echo(const Request& request) {
    auto response = http::text_response(200, "text/plain", request.method + " " + request.path + " " + request.body);
    response.set("X-Query", request.query_string).set("X-Host", request.host).set("X-Peer", request.peer);
    return response;
}

// Has "ready" for /ready, and nothing else.
class ReadyThere : public http::Ready {
  public:
    Found find(const http::Head& head, std::string&, http::Output& output) override {
        if (head.path != "/ready") return Found::own;
        output = http::serialise(http::text_response(200, "text/plain", "ready"));
        return Found::answer;
    }
    Joined join(const std::string&, http::Work&, http::Output&) override { return Joined::leads; }
    std::vector<http::Work> land(http::Work&, const Respond&, const Reply&) override { return {}; }
    std::vector<http::Work> disband(http::Work&) override { return {}; }
};

inline Options on_any_port() {
    Options options;
    options.listen = "127.0.0.1:0";
    options.loops = 2;
    options.workers = 2;
    options.error_response = [](int status, std::string_view reason, const Request* request) {
        return http::text_response(status, "text/plain",
                                   std::string(reason) + (request ? " at " + request->path : std::string()));
    };
    return options;
}

struct Running {
    explicit Running(Handler handler = echo, const Options& options = on_any_port())
        : server(options, std::move(handler)) {
        server.start();
    }
    RawConnection connect() const { return RawConnection(server.port()); }
    // Sends the bytes on a connection of their own and reads to its end.
    std::string answer_to(std::string_view bytes) const {
        auto connection = connect();
        connection.send(bytes);
        return connection.read_all();
    }
    Server server;
};

}  // namespace stele::test
