// Any bytes against accept() and the chunked decoder: nothing may crash, and what is accepted must keep its promises.
// Where accept() says yes, Boost.Beast's parser has to read the same message: two readers that differ are a hole.
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <cstdlib>
#include <string>

#include "server/http/accept.hpp"
#include "server/http/characters.hpp"
#include "server/http/chunked.hpp"
#include "server/http/request.hpp"

namespace {

using namespace stele::http;
namespace beast = boost::beast::http;

void require(bool condition) {
    if (!condition) std::abort();
}

void check_promises(const Head& head) {
    require(!head.method.empty() && all(token_character, head.method));
    require(head.path == "*" || head.path.starts_with('/'));
    require(head.minor == 0 || !head.host.empty());
    require(head.framing != Framing::chunked || head.minor == 1);
    const auto request = request_from(head, "127.0.0.1");
    require(request.path.find('\0') == std::string::npos);
    require(("/" + request.path + "/").find("/../") == std::string::npos);
    require(("/" + request.path + "/").find("/./") == std::string::npos);
    for (const auto& [name, value] : request.headers) {
        require(!name.empty() && all(token_character, name));
        require(value.find_first_of(std::string_view("\r\n\0", 3)) == std::string::npos);
    }
    for (const auto& [name, value] : request.query_items()) require(name.find('\0') == std::string::npos);
}

void compare_with_beast(std::string_view bytes, const Head& head) {
    beast::request_parser<beast::empty_body> parser;
    parser.header_limit(1 << 20);
    parser.body_limit(boost::none);
    boost::system::error_code error;
    const auto used = parser.put(boost::asio::buffer(bytes.data(), bytes.size()), error);
    // Beast also reads the lists in Connection and Upgrade; what is no token in them means nothing to us.
    if (error == beast::error::bad_value) return;
    require(!error || error == beast::error::need_more);
    require(used == bytes.size() && parser.is_header_done());
    const auto& message = parser.get();
    require(std::string_view(message.method_string().data(), message.method_string().size()) == head.method);
    require(message.version() == 10U + static_cast<unsigned>(head.minor));
    require(static_cast<std::size_t>(std::distance(message.begin(), message.end())) == head.fields.size());
    require(parser.chunked() == (head.framing == Framing::chunked));
    if (head.framing == Framing::length) require(parser.content_length() == head.length);
    require(parser.keep_alive() == head.keep_alive);
}

// However a body is cut into pieces, it decodes to the same.
void check_chunked(std::string_view bytes) {
    const auto decode = [&](std::size_t piece) {
        ChunkedDecoder decoder;
        std::string body;
        auto status = ChunkedDecoder::Status::more;
        auto rest = bytes;
        while (status == ChunkedDecoder::Status::more && !rest.empty()) {
            auto part = rest.substr(0, piece);
            const auto size = part.size();
            status = decoder.feed(part, body, 4096);
            rest.remove_prefix(size - part.size());
        }
        require(body.size() <= 4096);
        const bool done = status == ChunkedDecoder::Status::done;
        return std::tuple(done, done ? body : std::string(), done ? rest.size() : 0);
    };
    require(decode(1) == decode(bytes.size() + 1));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const unsigned char* data, std::size_t size) {
    const std::string_view bytes(reinterpret_cast<const char*>(data), size);
    Head head;
    const auto scan = find_head_end(bytes);
    if (scan.result == HeadScan::Result::complete) {
        const auto whole = bytes.substr(0, scan.end);
        if (!accept(whole, head)) {
            check_promises(head);
            compare_with_beast(whole, head);
            check_chunked(bytes.substr(scan.end));
        }
    }
    // Also what no scan has looked at.
    if (!accept(bytes, head)) check_promises(head);
    check_chunked(bytes);
    return 0;
}
