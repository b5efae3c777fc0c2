#pragma once
// One client's connection: reads requests in order, has them answered one at a time, writes the answers. It lives on
// its loop's thread; an idle one owns no buffer.
#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "server/http/accept.hpp"
#include "server/http/access_log.hpp"
#include "server/http/chunked.hpp"
#include "server/http/deadlines.hpp"
#include "server/http/output.hpp"
#include "server/http/ready.hpp"
#include "server/http/request.hpp"
#include "server/http/sockets.hpp"

namespace stele::http {

class Loop;

class Connection : public Timed {
  public:
    Connection(Loop& loop, Accepted accepted);

    void start();
    // Over a limit: 503 and goodbye.
    void turn_away();
    void on_events(std::uint32_t events);
    void on_result(Output output);
    void on_deadline();
    void on_stop();
    // Reads what has arrived and acts on it.
    void read();
    void close();

    int descriptor() const { return socket_.descriptor(); }
    const Peer& peer() const { return peer_; }
    bool working() const { return state_ == State::working; }
    bool closed() const { return state_ == State::closed; }

    std::size_t index = 0;  // its place among the loop's connections
    bool counted = false;   // against the limits

  private:
    // idle → head → body → working → writing → idle, without those that take no waiting; draining is the end after our
    // last response (RFC 9112 section 9.6).
    enum class State : std::uint8_t { idle, head, body, working, writing, draining, closed };

    // A request whose body is still arriving.
    struct Incoming {
        Request request;
        bool chunked = false;
        std::uint64_t left = 0;     // bytes of a body with a length
        std::size_t unclocked = 0;  // bytes since the deadline was set
        ChunkedDecoder decoder;
    };

    bool reads() const;
    void take(std::string_view bytes);
    void resume();
    void consume_buffer();
    std::size_t consume(std::string_view bytes);
    std::size_t consume_head(std::string_view rest);
    std::size_t consume_body(std::string_view rest);
    ChunkedDecoder::Status feed_body(std::string_view& rest);
    std::optional<Refused> hopeless(std::string_view rest) const;
    void begin(std::string_view head, bool more);
    void begin_body(const Head& head, bool more);
    void send_continue();
    void submit(Request request);
    void submit(Work work);
    void join(Ready& ready, Work work);
    void wait();  // for a worker
    void fail(int status, std::string_view reason, const Request* request);
    void answer(Output output);
    void note_request(const Head* head);
    void count_answer(const Output& output);
    void note_answer(const Output& output);
    void log_answer(const Sending& sending);
    void cut_off();
    void write();
    void sent();
    void arm(Deadline kind);

    Loop& loop_;
    PeerSocket socket_;
    Peer peer_;
    State state_ = State::idle;
    bool readable_ = false;  // edge-triggered: the kernel said so once and we have not read to the end since
    bool ending_ = false;    // the peer has closed its side: reading must go on to the end of the stream
    bool keep_alive_ = true;
    bool head_only_ = false;
    bool skipped_line_ = false;
    int minor_ = 1;
    std::string id_;  // of the request that is being answered
    std::size_t requests_ = 0;
    Instant began_{};          // when the request under way had arrived; none = there is none
    std::size_t scanned_ = 0;  // of in_, without finding the end of a head
    std::size_t drained_ = 0;
    std::size_t unclocked_from_ = 0;  // of writing_, sent when its deadline was set
    std::string in_;                  // arrived and not consumed: part of a head, or pipelined requests
    std::unique_ptr<Incoming> incoming_;
    std::unique_ptr<Sending> writing_;
    std::unique_ptr<Access> access_;  // what the log will say of the request under way; null where nobody keeps one
};

}  // namespace stele::http
