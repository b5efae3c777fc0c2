#include "server/http/connection.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>

#include "server/http/characters.hpp"
#include "server/http/loop.hpp"

namespace stele::http {

namespace {

constexpr std::size_t max_drain = 64 * 1024;
constexpr std::size_t body_bytes_per_deadline = 64 * 1024;
constexpr std::size_t write_bytes_per_deadline = 16 * 1024;
constexpr std::size_t most_reserved = 64 * 1024;  // a promised length is not yet a reason to allocate it
constexpr std::size_t request_line_slack = 64;    // method, spaces and version beside the target
constexpr int rounds_per_turn = 8;                // reads before other connections have theirs

}  // namespace

Connection::Connection(Loop& loop, Accepted accepted)
    : loop_(loop), socket_(std::move(accepted.socket)), peer_(std::move(accepted.peer)) {}

void Connection::start() { arm(Deadline::idle); }

void Connection::turn_away() { fail(503, "connections", nullptr); }

void Connection::close() {
    state_ = State::closed;
    socket_.close();
    std::string().swap(in_);
    incoming_.reset();
    writing_.reset();
}

void Connection::arm(Deadline kind) { loop_.deadlines().arm(*this, kind, loop_.now()); }

// --- reading ---

bool Connection::reads() const {
    return state_ == State::idle || state_ == State::head || state_ == State::body || state_ == State::draining;
}

void Connection::on_events(std::uint32_t events) {
    if (closed()) return;
    if (events & (EPOLLIN | EPOLLRDHUP | EPOLLHUP | EPOLLERR)) readable_ = true;
    if (events & (EPOLLRDHUP | EPOLLHUP | EPOLLERR)) ending_ = true;
    if (state_ == State::writing && (events & (EPOLLOUT | EPOLLHUP | EPOLLERR))) {
        write();
        if (state_ != State::writing) resume();
    } else {
        read();
    }
}

void Connection::read() {
    for (int round = 0; readable_ && reads(); ++round) {
        if (round == rounds_per_turn) return loop_.again(*this);
        const auto scratch = loop_.scratch();
        const auto got = ::recv(descriptor(), scratch.data(), scratch.size(), 0);
        if (got < 0 && errno == EINTR) continue;
        if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) {
            readable_ = false;
            return;
        }
        if (got <= 0) return loop_.discard(*this);
        const auto size = static_cast<std::size_t>(got);
        // A short read has emptied the socket; but the end of the stream was signalled together with these bytes.
        if (size < scratch.size() && !ending_) readable_ = false;
        take({scratch.data(), size});
    }
}

void Connection::take(std::string_view bytes) {
    if (state_ == State::draining) {
        drained_ += bytes.size();
        if (drained_ > max_drain) loop_.discard(*this);
        return;
    }
    if (!in_.empty()) {
        in_.append(bytes);
        return consume_buffer();
    }
    // The common case: whole requests, read where they lie.
    const auto used = consume(bytes);
    if (!closed() && state_ != State::draining) in_.assign(bytes.substr(used));
}

void Connection::resume() {
    if (closed()) return;
    if (!in_.empty()) consume_buffer();
    read();
}

void Connection::consume_buffer() {
    const auto used = consume(in_);
    if (used == in_.size() || state_ == State::draining)
        std::string().swap(in_);
    else
        in_.erase(0, used);
}

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
    if (const auto refused = accept(bytes, head, {limits.target_bytes, limits.header_count}))
        return fail(refused->status, refused->reason, nullptr);
    ++requests_;
    minor_ = head.minor;
    keep_alive_ = head.keep_alive && requests_ != limits.requests_per_connection;
    if (head.framing == Framing::chunked || head.length > 0) return begin_body(head, more);
    if (const auto& ready = loop_.front().options().ready_answer) {
        if (auto output = ready(head)) return answer(std::move(*output));
    }
    submit(request_from(head, peer_.address));
}

// --- bodies ---

void Connection::begin_body(const Head& head, bool more) {
    auto incoming = std::make_unique<Incoming>();
    incoming->request = request_from(head, peer_.address);
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

// --- answering ---

void Connection::submit(Request request) {
    Work work{&loop_, this, std::move(request)};
    if (!loop_.front().submit(work)) return answer(loop_.front().error_output(503, "overloaded", &work.request));
    state_ = State::working;
    loop_.deadlines().disarm(*this);
}

void Connection::fail(int status, std::string_view reason, const Request* request) {
    keep_alive_ = false;
    answer(loop_.front().error_output(status, reason, request));
}

void Connection::answer(Output output) {
    if (head_only_) output.body = {};
    if (loop_.front().stopping()) keep_alive_ = false;
    std::string_view connection;
    if (!keep_alive_)
        connection = "Connection: close\r\n";
    else if (minor_ == 0)
        connection = "Connection: keep-alive\r\n";
    Sending sending(std::move(output), loop_.date_line(), connection);
    switch (sending.send(descriptor())) {
        case Sending::Result::done:
            return sent();
        case Sending::Result::failed:
            return loop_.discard(*this);
        case Sending::Result::blocked:
            break;
    }
    unclocked_from_ = sending.sent();
    writing_ = std::make_unique<Sending>(std::move(sending));
    state_ = State::writing;
    arm(Deadline::write);
}

void Connection::write() {
    switch (writing_->send(descriptor())) {
        case Sending::Result::done:
            writing_.reset();
            return sent();
        case Sending::Result::failed:
            return loop_.discard(*this);
        case Sending::Result::blocked:
            break;
    }
    if (writing_->sent() - unclocked_from_ < write_bytes_per_deadline) return;
    unclocked_from_ = writing_->sent();
    arm(Deadline::write);
}

// A connection is never closed over unread input: the kernel would send a reset, and that can destroy the response in
// the client's hands (RFC 9112 section 9.6).
void Connection::sent() {
    if (keep_alive_) {
        state_ = State::idle;
        head_only_ = false;
        minor_ = 1;
        return arm(Deadline::idle);
    }
    ::shutdown(descriptor(), SHUT_WR);
    state_ = State::draining;
    arm(Deadline::drain);
}

void Connection::on_result(Output output) {
    state_ = State::writing;
    answer(std::move(output));
    if (state_ != State::writing) resume();
}

void Connection::on_deadline() {
    if (state_ == State::head) return fail(408, "head-timeout", nullptr);
    if (state_ != State::body) return loop_.discard(*this);
    const auto incoming = std::move(incoming_);
    fail(408, "body-timeout", &incoming->request);
}

void Connection::on_stop() {
    // A request may have arrived that nobody has looked at yet.
    readable_ = readable_ || state_ == State::idle;
    read();
    if (state_ == State::idle)
        loop_.discard(*this);
    else if (state_ == State::head)
        arm(Deadline::farewell);
}

}  // namespace stele::http
