#include "server/http/chunked.hpp"

#include "server/http/characters.hpp"

namespace stele::http {

namespace {

constexpr std::size_t max_line = 1024;
constexpr std::size_t max_extra = 8 * 1024;
constexpr std::size_t max_size_digits = 15;

unsigned hex_value(char c) { return static_cast<unsigned>(c <= '9' ? c - '0' : lower(c) - 'a' + 10); }

}  // namespace

// Moves bytes up to CRLF into line_; false when more are needed or the line is broken (then `status` says so).
bool ChunkedDecoder::take_line(std::string_view& bytes, Status& status) {
    const auto end = bytes.find('\n');
    const auto part = bytes.substr(0, end);
    status = Status::more;
    if (line_.size() + part.size() > max_line) {
        status = Status::malformed;
        return false;
    }
    line_ += part;
    bytes.remove_prefix(end == std::string_view::npos ? bytes.size() : end + 1);
    if (end == std::string_view::npos) return false;
    if (!line_.ends_with('\r')) {
        status = Status::malformed;
        return false;
    }
    line_.pop_back();
    return true;
}

// chunk-size [ BWS ";" … ]: white space after the size is only allowed before an extension.
ChunkedDecoder::Status ChunkedDecoder::take_size(const std::string& body, std::size_t limit) {
    std::size_t digits = 0;
    left_ = 0;
    while (digits < line_.size() && is(hex_character, line_[digits])) {
        if (digits == max_size_digits) return Status::malformed;
        left_ = left_ * 16 + hex_value(line_[digits++]);
    }
    const auto extension = std::string_view(line_).substr(digits);
    if (digits == 0 || !all(field_character, extension)) return Status::malformed;
    if (!extension.empty() && !trimmed(extension).starts_with(';')) return Status::malformed;
    extra_ += extension.size();
    if (extra_ > max_extra) return Status::malformed;
    if (left_ > limit - body.size()) return Status::too_large;
    expect_ = left_ == 0 ? Expect::trailer : Expect::data;
    return Status::more;
}

ChunkedDecoder::Status ChunkedDecoder::take_trailer() {
    if (line_.empty()) return Status::done;
    const auto colon = line_.find(':');
    if (colon == std::string::npos || colon == 0) return Status::malformed;
    const std::string_view line(line_);
    if (!all(token_character, line.substr(0, colon)) || !all(field_character, line.substr(colon + 1)))
        return Status::malformed;
    extra_ += line_.size();
    return extra_ > max_extra ? Status::malformed : Status::more;
}

ChunkedDecoder::Status ChunkedDecoder::feed(std::string_view& bytes, std::string& body, std::size_t limit) {
    while (!bytes.empty()) {
        if (expect_ == Expect::data) {
            const auto data = bytes.substr(0, static_cast<std::size_t>(left_));
            body += data;
            bytes.remove_prefix(data.size());
            left_ -= data.size();
            if (left_ == 0) expect_ = Expect::data_end;
            continue;
        }
        if (expect_ == Expect::data_end && line_.empty() && bytes.front() != '\r') return Status::malformed;
        auto status = Status::more;
        if (!take_line(bytes, status)) return status;
        if (expect_ == Expect::size)
            status = take_size(body, limit);
        else if (expect_ == Expect::trailer)
            status = take_trailer();
        else if (!line_.empty())
            status = Status::malformed;
        else
            expect_ = Expect::size;
        line_.clear();
        if (status != Status::more) return status;
    }
    return Status::more;
}

}  // namespace stele::http
