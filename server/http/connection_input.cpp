// From bytes to requests: the half of Connection that reads heads and bodies and decides what they are worth.
#include <sys/socket.h>

#include "server/http/characters.hpp"
#include "server/http/connection.hpp"
#include "server/http/loop.hpp"

namespace stele::http {

namespace {

constexpr std::size_t body_bytes_per_deadline = 64 * 1024;
constexpr std::size_t most_reserved = 64 * 1024;  // a promised length is not yet a reason to allocate it
constexpr std::size_t request_line_slack = 64;    // method, spaces and version beside the target

}  // namespace

std::size_t Connection::consume(std::string_view bytes) {
    std::size_t used = 0;
    while (used < bytes.size()) {
        const auto rest = bytes.substr(used);
        std::size_t taken = 0;
        if (state_ == State::idle || state_ == State::head)
            taken = consume_head(rest);
        else if (state_ == State::body)
            taken = consume_body(rest);
        if (taken == 0) break;
        used += taken;
    }
    return used;
}

// Bytes that cannot become an acceptable head, so that their sender need not wait for the deadline to learn it.
std::optional<Refused> Connection::hopeless(std::string_view rest) const {
    const auto& limits = loop_.front().limits();
    if (!is(token_character, rest.front()) && rest.front() != '\r') return Refused{400, "request-line"};
    if (std::min(rest.find('\r'), rest.size()) > limits.target_bytes + request_line_slack)
        return Refused{414, "target-length"};
    if (rest.size() > limits.head_bytes) return Refused{431, "head-length"};
    return std::nullopt;
}

std::size_t Connection::consume_head(std::string_view rest) {
    // One empty line before a request is forgiven (RFC 9112 section 2.2).
    if (!skipped_line_ && rest.starts_with("\r\n")) {
        skipped_line_ = true;
        scanned_ = 0;
        return 2;
    }
    const auto scan = find_head_end(rest, scanned_);
    const bool complete = scan.result == HeadScan::Result::complete;
    auto refused = hopeless(complete ? rest.substr(0, scan.end) : rest);
    if (!refused && scan.result == HeadScan::Result::broken) refused = Refused{400, "line-ending"};
    if (refused) {
        fail(refused->status, refused->reason, nullptr);
        return rest.size();
    }
    if (!complete) {
        scanned_ = rest.size();
        if (state_ == State::idle) {
            state_ = State::head;
            arm(Deadline::head);
        }
        return 0;
    }
    scanned_ = 0;
    skipped_line_ = false;
    begin(rest.substr(0, scan.end), rest.size() > scan.end);
    return scan.end;
}

void Connection::begin(std::string_view bytes, bool more) {
    auto& head = loop_.head();
    const auto& limits = loop_.front().limits();
    head_only_ = bytes.starts_with("HEAD ");
    began_ = loop_.now();
    if (const auto refused = accept(bytes, head, {limits.target_bytes, limits.header_count}))
        return fail(refused->status, refused->reason, nullptr);
    if (peer_.trusted) loop_.front().proxies().believe(head);
    if (head.request_id.empty())
        loop_.make_id(id_);
    else
        id_ = head.request_id;
    note_request(&head);
    ++requests_;
    minor_ = head.minor;
    keep_alive_ = head.keep_alive && requests_ != limits.requests_per_connection;
    if (head.framing == Framing::chunked || head.length > 0) return begin_body(head, more);
    auto* const ready = loop_.front().options().ready.get();
    if (!ready) return submit(request_from(head, peer_.address, id_));
    Output output;
    switch (ready->find(head, loop_.name(), output)) {
        case Ready::Found::answer:
            return answer(std::move(output));
        case Ready::Found::shared:
            return join(*ready, {&loop_, this, request_from(head, peer_.address, id_)});
        case Ready::Found::own:
            return submit(request_from(head, peer_.address, id_));
    }
}

void Connection::join(Ready& ready, Work work) {
    Output output;
    switch (ready.join(loop_.name(), work, output)) {
        case Ready::Joined::answer:
            return answer(std::move(output));
        case Ready::Joined::waits:
            return wait();
        case Ready::Joined::leads:
            return submit(std::move(work));
    }
}

void Connection::begin_body(const Head& head, bool more) {
    auto incoming = std::make_unique<Incoming>();
    incoming->request = request_from(head, peer_.address, id_);
    incoming->chunked = head.framing == Framing::chunked;
    incoming->left = head.length;
    if (head.length > loop_.front().limits().body_bytes) return fail(413, "body-length", &incoming->request);
    incoming->request.body.reserve(std::min<std::size_t>(head.length, most_reserved));
    incoming_ = std::move(incoming);
    state_ = State::body;
    arm(Deadline::body);
    if (head.expects_continue && !more) send_continue();
}

// RFC 9110 section 10.1.1. Everything before it has been sent, so there is room; where there is none the client goes on
// by itself after a while, and half a line cannot be taken back.
void Connection::send_continue() {
    constexpr std::string_view line = "HTTP/1.1 100 Continue\r\n\r\n";
    const auto taken = ::send(descriptor(), line.data(), line.size(), MSG_NOSIGNAL);
    if (taken > 0 && static_cast<std::size_t>(taken) < line.size()) loop_.discard(*this);
}

ChunkedDecoder::Status Connection::feed_body(std::string_view& rest) {
    auto& body = incoming_->request.body;
    if (incoming_->chunked) return incoming_->decoder.feed(rest, body, loop_.front().limits().body_bytes);
    const auto part = rest.substr(0, static_cast<std::size_t>(incoming_->left));
    body += part;
    rest.remove_prefix(part.size());
    incoming_->left -= part.size();
    return incoming_->left == 0 ? ChunkedDecoder::Status::done : ChunkedDecoder::Status::more;
}

std::size_t Connection::consume_body(std::string_view rest) {
    using Status = ChunkedDecoder::Status;
    const auto size = rest.size();
    const auto status = feed_body(rest);
    if (status == Status::done) {
        const auto incoming = std::move(incoming_);
        began_ = loop_.now();
        submit(std::move(incoming->request));
        return size - rest.size();
    }
    if (status == Status::more) {
        incoming_->unclocked += size;
        if (incoming_->unclocked >= body_bytes_per_deadline) {
            incoming_->unclocked = 0;
            arm(Deadline::body);
        }
        return size;
    }
    const auto incoming = std::move(incoming_);
    if (status == Status::too_large)
        fail(413, "body-length", &incoming->request);
    else
        fail(400, "chunk", &incoming->request);
    return size;
}

}  // namespace stele::http
