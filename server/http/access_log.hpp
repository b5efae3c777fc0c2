#pragma once
// One line for each answered request, written by a thread of its own: whoever answers only leaves a few bytes in a
// buffer. A disk or a pipe that takes no more costs lines, which are counted and said, and never an answer.
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>

#include "server/http/output.hpp"
#include "server/http/sockets.hpp"

namespace stele::http {

// One request and its answer.
struct Access {
    std::chrono::system_clock::time_point at;  // the end of its head
    std::chrono::steady_clock::time_point began;
    std::chrono::microseconds took{};  // to the last byte that the kernel took
    std::string id, peer;
    std::string method, target;  // empty where they could not be read
    int minor = 1;
    int status = 0;
    std::uint64_t bytes = 0;  // of the body
    Output::Source source = Output::Source::handler;
};

class AccessLog {
  public:
    enum class Format { json, common };
    struct Setting {
        std::string path;  // "-": standard output
        Format format = Format::json;
        // What of a target may be written down: paths hold secrets, too. Called on the log's thread.
        std::function<std::string(std::string_view method, std::string_view target)> shown;
        std::function<void(std::string_view line)> report;  // what the operator has to know
        std::size_t most_bytes = 4 << 20;                   // that wait to be written
    };
    // Throws std::system_error when the file cannot be opened.
    explicit AccessLog(Setting setting);
    // Writes what there is, as far as that is possible without waiting long.
    ~AccessLog();
    AccessLog(const AccessLog&) = delete;
    AccessLog& operator=(const AccessLog&) = delete;

    // Never waits; from any thread.
    void add(const Access& access);
    // The file by its name anew: a program that keeps logs short has moved it away.
    void reopen();
    std::uint64_t lost() const;

  private:
    void run();
    void write_out(std::string_view records);
    void write_text(std::string_view text);
    bool write_some(std::string_view& text);
    void open_again();
    void report_losses();

    Setting setting_;
    Descriptor file_;
    bool patient_ = true;  // a file takes everything at once, a pipe a little when it is asked first
    bool torn_ = false;    // the last line was not written to its end
    std::string writing_, text_;
    std::uint64_t lost_said_ = 0;
    std::chrono::steady_clock::time_point say_again_{};

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    std::string filling_;
    std::uint64_t lost_ = 0;
    bool reopen_ = false;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace stele::http
