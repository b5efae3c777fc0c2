#pragma once
// A small blocking HTTP client for tests, and below it a raw connection for those that send what no client would.
// Everything has a deadline; a test that waits in vain fails with TimedOut instead of hanging.
#include <chrono>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace stele::test {

struct TimedOut : std::runtime_error {
    using std::runtime_error::runtime_error;
};

using Headers = std::vector<std::pair<std::string, std::string>>;

struct HttpResponse {
    int status = 0;
    Headers headers;
    std::string body;

    // The first of that name in any case; empty when absent.
    std::string_view header(std::string_view name) const;
    bool has_header(std::string_view name) const;
    std::vector<std::string> header_values(std::string_view name) const;
};

class RawConnection {
  public:
    using Duration = std::chrono::milliseconds;

    // Connects to 127.0.0.1. Throws std::runtime_error when refused.
    explicit RawConnection(std::uint16_t port, Duration timeout = std::chrono::seconds(10));
    // The same to a unix socket.
    explicit RawConnection(const std::string& path, Duration timeout = std::chrono::seconds(10));
    ~RawConnection();
    RawConnection(RawConnection&& other) noexcept;
    RawConnection& operator=(RawConnection&&) = delete;

    // Throws std::runtime_error when the other end is gone, TimedOut when it does not read.
    void send(std::string_view bytes);
    // The next response; those of 1xx too. `to_head`: there is no body in spite of Content-Length. Throws when the
    // connection ends before the response does or when it is not well-formed.
    HttpResponse read_response(bool to_head = false);
    // All bytes until the other end closes; a reset counts as that.
    std::string read_all();
    // The other end has closed and nothing was left to read.
    bool closed_by_peer();
    // "I have sent everything."
    void finish_sending();
    int descriptor() const { return descriptor_; }

  private:
    bool fill();
    std::string take_until(std::string_view mark);
    std::string take(std::size_t bytes);

    int descriptor_ = -1;
    Duration timeout_;
    std::string buffer_;
};

// One connection, kept alive and made anew when the server has closed it.
class HttpClient {
  public:
    explicit HttpClient(std::uint16_t port, std::chrono::milliseconds timeout = std::chrono::seconds(30));

    // Sent with every request; a header given to a request beats one of the same name here.
    HttpClient& with(std::string name, std::string value);

    // Adds Host and, where there is a body or the method usually has one, Content-Length. Redirects are not followed.
    HttpResponse request(std::string_view method, std::string_view target, const Headers& headers = {},
                         std::string_view body = {});
    HttpResponse get(std::string_view target, const Headers& headers = {});
    HttpResponse post(std::string_view target, std::string_view body, const Headers& headers = {});
    HttpResponse put(std::string_view target, std::string_view body, const Headers& headers = {});
    HttpResponse patch(std::string_view target, std::string_view body, const Headers& headers = {});
    HttpResponse del(std::string_view target, const Headers& headers = {});

  private:
    std::uint16_t port_;
    std::chrono::milliseconds timeout_;
    Headers defaults_;
    std::optional<RawConnection> connection_;
};

}  // namespace stele::test
