#include "server/http/access_log.hpp"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <boost/json.hpp>
#include <cstring>
#include <ctime>
#include <system_error>
#include <utility>

#include "src/base/time.hpp"

namespace stele::http {

namespace {

using namespace std::chrono_literals;

constexpr auto pause_between_writes = 200ms;
constexpr auto patience_with_a_pipe = 1s;
constexpr std::size_t pipe_piece = 4096;  // PIPE_BUF: as much as a pipe that is ready takes without waiting (pipe(7))

// A record in the buffer: this, and the four texts behind it.
struct Record {
    std::int64_t at_micros;
    std::int64_t took_micros;
    std::uint64_t bytes;
    std::array<std::uint16_t, 4> sizes;  // id, peer, method, target
    std::uint16_t status;
    std::uint8_t minor;
    Output::Source source;
};

struct Entry {
    Record record;
    std::string_view id, peer, method, target;
};

std::uint16_t size_of(std::string_view text) {
    return static_cast<std::uint16_t>(std::min<std::size_t>(text.size(), UINT16_MAX));
}

Entry take(std::string_view& records) {
    Entry entry;
    std::memcpy(&entry.record, records.data(), sizeof entry.record);
    records.remove_prefix(sizeof entry.record);
    std::size_t n = 0;
    for (auto* text : {&entry.id, &entry.peer, &entry.method, &entry.target}) {
        *text = records.substr(0, entry.record.sizes[n]);
        records.remove_prefix(entry.record.sizes[n++]);
    }
    return entry;
}

std::string_view name_of(Output::Source source) {
    switch (source) {
        case Output::Source::handler:
            return "none";
        case Output::Source::hit:
            return "hit";
        case Output::Source::miss:
            return "miss";
    }
    return "none";
}

// A control character in a path would be a line of its own; accept() refuses them, and this log does not rely on it.
std::string as_json(std::string_view text) { return boost::json::serialize(boost::json::string_view(text)); }

void append_json(std::string& out, const Entry& entry, std::string_view path) {
    const auto& record = entry.record;
    fmt::format_to(std::back_inserter(out),
                   R"({{"time":"{}","id":{},"peer":{},"method":{},"path":{},"protocol":"HTTP/1.{}","status":{},)"
                   R"("bytes":{},"duration_ms":{:.3f},"cache":"{}"}})"
                   "\n",
                   rfc3339(time_of(record.at_micros)), as_json(entry.id), as_json(entry.peer), as_json(entry.method),
                   as_json(path), record.minor, record.status, record.bytes, double(record.took_micros) / 1000,
                   name_of(record.source));
}

// The Common Log Format: peer - - [time] "request" status bytes, and the id as the one word more.
void append_common(std::string& out, const Entry& entry, std::string_view path) {
    constexpr std::array<std::string_view, 12> months{"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                                      "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
    const auto& record = entry.record;
    const auto seconds = static_cast<std::time_t>(record.at_micros / 1'000'000);
    std::tm utc{};
    gmtime_r(&seconds, &utc);
    const auto request =
        as_json(entry.method.empty() ? "-" : fmt::format("{} {} HTTP/1.{}", entry.method, path, record.minor));
    fmt::format_to(std::back_inserter(out), "{} - - [{:02}/{}/{:04}:{:02}:{:02}:{:02} +0000] {} {} {} {}\n", entry.peer,
                   utc.tm_mday, months[static_cast<std::size_t>(utc.tm_mon)], utc.tm_year + 1900, utc.tm_hour,
                   utc.tm_min, utc.tm_sec, request, record.status, record.bytes, entry.id);
}

Descriptor opened(const std::string& path) {
    // Whoever may read it sees who read what.
    constexpr mode_t mode = 0640;
    Descriptor file(path == "-" ? ::fcntl(STDOUT_FILENO, F_DUPFD_CLOEXEC, 0)
                                : ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, mode));
    if (file.get() < 0) throw std::system_error(errno, std::generic_category(), "access log " + path);
    return file;
}

bool is_file(const Descriptor& file) {
    struct stat found {};
    return ::fstat(file.get(), &found) == 0 && S_ISREG(found.st_mode);
}

}  // namespace

AccessLog::AccessLog(Setting setting)
    : setting_(std::move(setting)),
      file_(opened(setting_.path)),
      patient_(is_file(file_)),
      thread_([this] { run(); }) {}

AccessLog::~AccessLog() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    thread_.join();
}

void AccessLog::add(const Access& access) {
    Record record{};
    record.at_micros = std::chrono::duration_cast<std::chrono::microseconds>(access.at.time_since_epoch()).count();
    record.took_micros = access.took.count();
    record.bytes = access.bytes;
    record.sizes = {size_of(access.id), size_of(access.peer), size_of(access.method), size_of(access.target)};
    record.status = static_cast<std::uint16_t>(access.status);
    record.minor = static_cast<std::uint8_t>(access.minor);
    record.source = access.source;
    std::size_t size = sizeof record;
    for (const auto part : record.sizes) size += part;

    bool half = false;
    {
        const std::lock_guard lock(mutex_);
        if (filling_.size() + size > setting_.most_bytes) {
            ++lost_;
            return;
        }
        const bool was_half = filling_.size() > setting_.most_bytes / 2;
        filling_.append(reinterpret_cast<const char*>(&record), sizeof record);
        std::size_t n = 0;
        for (const auto* text : {&access.id, &access.peer, &access.method, &access.target})
            filling_.append(*text, 0, record.sizes[n++]);
        half = !was_half && filling_.size() > setting_.most_bytes / 2;
    }
    if (half) changed_.notify_one();
}

void AccessLog::reopen() {
    {
        const std::lock_guard lock(mutex_);
        reopen_ = true;
    }
    changed_.notify_one();
}

std::uint64_t AccessLog::lost() const {
    const std::lock_guard lock(mutex_);
    return lost_;
}

void AccessLog::run() {
    std::unique_lock lock(mutex_);
    for (bool last = false; !last;) {
        changed_.wait_for(lock, pause_between_writes,
                          [this] { return stopping_ || reopen_ || filling_.size() > setting_.most_bytes / 2; });
        last = stopping_;
        const bool again = std::exchange(reopen_, false);
        writing_.clear();
        writing_.swap(filling_);
        lock.unlock();
        write_out(writing_);
        if (again) open_again();
        report_losses();
        lock.lock();
    }
}

void AccessLog::write_out(std::string_view records) {
    text_.assign(torn_ ? "\n" : "");
    while (!records.empty()) {
        const auto entry = take(records);
        const auto path = entry.target.empty() || !setting_.shown
                              ? std::string(entry.target.empty() ? "-" : entry.target)
                              : setting_.shown(entry.method, entry.target);
        setting_.format == Format::json ? append_json(text_, entry, path) : append_common(text_, entry, path);
    }
    write_text(text_);
}

void AccessLog::write_text(std::string_view text) {
    const auto whole = text;
    while (!text.empty())
        if (!write_some(text)) break;
    if (text.size() != whole.size()) torn_ = whole[whole.size() - text.size() - 1] != '\n';
    if (text.empty()) return;
    const auto lines = static_cast<std::uint64_t>(std::count(text.begin(), text.end(), '\n'));
    const std::lock_guard lock(mutex_);
    lost_ += lines;
}

bool AccessLog::write_some(std::string_view& text) {
    if (!patient_) {
        pollfd ready{file_.get(), POLLOUT, 0};
        constexpr auto most = std::chrono::milliseconds(patience_with_a_pipe).count();
        if (::poll(&ready, 1, static_cast<int>(most)) != 1) return false;
    }
    const auto piece = patient_ ? text : text.substr(0, pipe_piece);
    const auto written = ::write(file_.get(), piece.data(), piece.size());
    if (written < 0) return errno == EINTR;
    text.remove_prefix(static_cast<std::size_t>(written));
    return true;
}

void AccessLog::open_again() {
    if (setting_.path == "-") return;
    try {
        file_ = opened(setting_.path);
        patient_ = is_file(file_);
    } catch (const std::system_error& error) {
        // The old one is still there to write to.
        if (setting_.report) setting_.report(error.what());
    }
}

void AccessLog::report_losses() {
    const auto all = lost(), now_lost = all - lost_said_;
    const auto now = std::chrono::steady_clock::now();
    if (now_lost == 0 || !setting_.report || now < say_again_) return;
    setting_.report(fmt::format("access log: {} lines were lost", now_lost));
    lost_said_ = all;
    say_again_ = now + 1min;
}

}  // namespace stele::http
