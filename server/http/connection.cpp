#include "server/http/connection.hpp"

#include <sys/epoll.h>
#include <sys/socket.h>

#include <cerrno>

#include "server/http/loop.hpp"

namespace stele::http {

namespace {

constexpr std::size_t max_drain = 64 * 1024;
constexpr std::size_t write_bytes_per_deadline = 16 * 1024;
constexpr std::size_t most_read_ahead = 8 * 1024;
constexpr int rounds_per_turn = 8;  // reads before other connections have theirs

}  // namespace

Connection::Connection(Loop& loop, Accepted accepted)
    : loop_(loop), socket_(std::move(accepted.socket)), peer_(std::move(accepted.peer)) {}

void Connection::start() { arm(Deadline::idle); }

void Connection::turn_away() { fail(503, "connections", nullptr); }

void Connection::close() {
    if (writing_) cut_off();
    state_ = State::closed;
    // Buffers stay until the loop buries the object: what is on the stack now may be reading them.
    socket_.close();
}

// With a reset: what a client did not take would otherwise stay in the kernel, megabytes for many minutes, offered to
// someone who does not read.
void Connection::cut_off() {
    log_answer(*writing_);
    const linger at_once{1, 0};
    ::setsockopt(descriptor(), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void Connection::arm(Deadline kind) { loop_.deadlines().arm(*this, kind, loop_.now()); }

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
        // What is read of requests is kept while an answer before them cannot be sent; a body is read on and on.
        const bool in_bulk = state_ == State::body || state_ == State::draining;
        const auto scratch = loop_.scratch().first(in_bulk ? loop_.scratch().size() : most_read_ahead);
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

void Connection::submit(Request request) { submit(Work{&loop_, this, std::move(request)}); }

void Connection::submit(Work work) {
    if (loop_.front().submit(work)) return wait();
    answer(loop_.front().refusal(work));
}

void Connection::wait() {
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
    if (id_.empty()) loop_.make_id(id_);  // nothing of the request could be read
    count_answer(output);
    note_answer(output);
    Sending sending(std::move(output), loop_.date_line(), id_, connection);
    switch (sending.send(descriptor())) {
        case Sending::Result::done:
            log_answer(sending);
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
            log_answer(*writing_);
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
        id_.clear();
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
