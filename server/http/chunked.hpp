#pragma once
// The chunked transfer coding (RFC 9112 section 7.1), decoded as it arrives. Extensions and trailers are checked,
// bounded and dropped; every line ends with CRLF.
#include <cstdint>
#include <string>
#include <string_view>

namespace stele::http {

class ChunkedDecoder {
  public:
    enum class Status { more, done, malformed, too_large };

    // Takes what it can from the front of `bytes` and appends the data to `body`, which never grows beyond `limit`.
    // After `done` the rest of `bytes` belongs to the next request.
    Status feed(std::string_view& bytes, std::string& body, std::size_t limit);

  private:
    enum class Expect { size, data, data_end, trailer };

    bool take_line(std::string_view& bytes, Status& status);
    Status take_size(const std::string& body, std::size_t limit);
    Status take_trailer();

    Expect expect_ = Expect::size;
    std::uint64_t left_ = 0;  // data bytes of this chunk that are still to come
    std::size_t extra_ = 0;   // bytes of extensions and trailers so far
    std::string line_;        // the line so far, without CRLF when complete
};

}  // namespace stele::http
