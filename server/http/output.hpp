#pragma once
// A response as bytes, and the sending of them with as few calls as the socket allows.
#include <array>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <memory>
#include <string_view>

#include "server/http/response.hpp"

namespace stele::http {

// Head and body made ready beforehand, by a worker or a cache; `owner` keeps them alive until they are sent.
struct Output {
    enum class Source : std::uint8_t { handler, hit, miss };  // of a cache, that may keep it

    std::shared_ptr<const void> owner;
    std::string_view head;  // status line and fields, each with CRLF; without Date, Connection and the empty line
    std::string_view body;
    Source source = Source::handler;
    Kind kind = 0;  // as Response::kind
};

// Throws std::invalid_argument when a header contains a control character: it would split the response.
Output serialise(Response response);

// "Sun, 06 Nov 1994 08:49:37 GMT" (RFC 9110 section 5.6.7), in no locale.
std::string http_date(std::time_t time);

// One response on its way out of one connection.
class Sending {
  public:
    enum class Result { done, blocked, failed };

    // `date`: a whole Date field line with CRLF. `id`: the value of X-Request-Id, at most 64 bytes. `connection`: a
    // whole Connection line, or empty where keep-alive is what the version means by itself.
    Sending(Output output, std::string_view date, std::string_view id, std::string_view connection);

    // Sends until done or the socket takes no more.
    Result send(int descriptor);
    std::size_t sent() const { return sent_; }
    std::size_t body_sent() const {
        const auto head = output_.head.size() + tail_size_;
        return sent_ > head ? sent_ - head : 0;
    }

  private:
    Output output_;
    std::array<char, 152> tail_;
    std::size_t tail_size_ = 0;
    std::size_t sent_ = 0;
};

}  // namespace stele::http
