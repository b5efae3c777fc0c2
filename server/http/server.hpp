#pragma once
// The HTTP/1.1 front: a few event loops that own all sockets, and a bounded pool of workers that run the handler.
// A waiting client costs a few hundred bytes, never a thread. What a client can do wrong is answered here, by the book:
// RFC 9110 (semantics), RFC 9112 (HTTP/1.1).
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>

#include "server/http/accept.hpp"
#include "server/http/access_log.hpp"
#include "server/http/limits.hpp"
#include "server/http/listeners.hpp"
#include "server/http/output.hpp"
#include "server/http/proxies.hpp"
#include "server/http/ready.hpp"
#include "server/http/request.hpp"
#include "server/http/response.hpp"
#include "server/http/sockets.hpp"

namespace stele::http {

// Runs on a worker. What it throws becomes 500 by error_response: a last resort, handlers map their own errors.
using Handler = std::function<Response(const Request&)>;

// The response to a fault that the front itself finds. `request` is null when there is none that could be read. Runs on
// a loop, for "handler-failed" on a worker. Statuses and reasons:
//   400 request-line method field field-name field-value folded-field target host host-missing host-repeated
//       content-length framing transfer-encoding line-ending chunk
//   408 head-timeout body-timeout · 413 body-length · 414 target-length · 417 expectation · 431 head-length field-count
//   500 handler-failed · 501 method transfer-encoding · 503 overloaded connections · 505 version
using ErrorResponse = std::function<Response(int status, std::string_view reason, const Request* request)>;

struct Options {
    std::string listen = "127.0.0.1:8080";  // as Listeners takes it; port 0 picks a free one
    mode_t unix_mode = 0660;                // of a unix socket's file
    std::vector<int> inherited{};           // sockets that listen already; they are closed, and `listen` has no meaning
    std::size_t loops = 0;                  // 0 = one per core
    std::size_t workers = 0;                // that answer GET and HEAD; 0 = two per core, at least four
    std::size_t writers = 48;               // that answer the rest: they wait for the disk, together for one sync
    std::size_t queue = 256;                // requests that wait for either; more are answered 503 at once
    std::chrono::milliseconds read_patience{3'000};    // the longest that one waits for a worker, else 503
    std::chrono::milliseconds standing_queue{5};       // see Patience; of readers alone
    std::chrono::milliseconds write_patience{10'000};  // the same for those that change something
    Limits limits{};
    Proxies proxies{};                                 // whose word about the client is believed
    ErrorResponse error_response{};                    // without it: the status and an empty body
    std::shared_ptr<Ready> ready{};                    // asked before the handler
    std::optional<AccessLog::Setting> access_log{};    // absent: nobody wants to know
    std::function<void(std::string_view line)> log{};  // what an operator has to know; called on any thread
};

class Server {
  public:
    Server(Options options, Handler handler);
    ~Server();  // stops without grace

    // Binds and begins to answer. Throws ListenError.
    void start();
    // After start(), as Listeners says it.
    std::uint16_t port() const;
    const std::vector<std::string>& places() const;
    // Connections that are open now.
    std::size_t connections() const;
    // Requests that wait for a worker now, and those that were refused for want of one, so far.
    std::size_t waiting() const;
    std::uint64_t refused() const;
    // What was answered so far; handlers may always ask, others not while start() or stop() runs.
    std::map<Kind, Answered> traffic() const;
    // The access log's file by its name anew, after it was moved away.
    void reopen_log();
    // Wakes every loop; false when one has not been round since the last call.
    bool pulse();
    // Stops accepting, closes what is idle, lets requests in flight finish within `grace`, then cuts the rest. Returns
    // when every thread has ended: a handler that runs on is waited for. Idempotent; there is no second start().
    void stop(std::chrono::milliseconds grace);

  private:
    class Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace stele::http
