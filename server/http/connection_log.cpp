// What counters and the access log get to know of a connection's requests.
#include <charconv>
#include <utility>

#include "server/http/connection.hpp"
#include "server/http/loop.hpp"

namespace stele::http {

namespace {

int status_of(const Output& output) {
    constexpr std::string_view version = "HTTP/1.1 ";
    const auto digits = output.head.substr(version.size(), 3);
    int status = 0;
    std::from_chars(digits.data(), digits.data() + digits.size(), status);
    return status;
}

}  // namespace

// `head` null: it could not be read.
void Connection::note_request(const Head* head) {
    if (!loop_.front().access_log()) return;
    // Kept from request to request, with the room of its texts.
    if (!access_) access_ = std::make_unique<Access>();
    access_->at = std::chrono::system_clock::now();
    access_->began = std::chrono::steady_clock::now();
    access_->id = id_;
    access_->peer = head && head->client ? to_string(*head->client) : peer_.address;
    access_->method = head ? head->method : std::string_view();
    access_->target = head ? head->target : std::string_view();
    access_->minor = head ? head->minor : minor_;
}

void Connection::count_answer(const Output& output) {
    Traffic::Answer answer{.kind = output.kind, .status = status_of(output)};
    answer.hit = output.source == Output::Source::hit;
    answer.bytes = output.head.size() + output.body.size();
    if (began_ != Instant{}) answer.took = loop_.now() - std::exchange(began_, Instant{});
    loop_.traffic().count(answer);
}

void Connection::note_answer(const Output& output) {
    if (!loop_.front().access_log()) return;
    if (!access_ || access_->id != id_) note_request(nullptr);
    access_->status = status_of(output);
    access_->source = output.source;
}

void Connection::log_answer(const Sending& sending) {
    auto* log = loop_.front().access_log();
    if (!log || !access_) return;
    access_->bytes = sending.body_sent();
    access_->took =
        std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - access_->began);
    log->add(*access_);
    access_->id.clear();
}

}  // namespace stele::http
