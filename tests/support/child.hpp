#pragma once
// The real binary, or any other program, as a child process.
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace stele::test {

class Child {
  public:
    struct Setting {
        std::map<std::string, std::string> environment = {};  // added to ours
        std::string errors = {};       // the file that standard error is appended to; empty: where ours goes
        std::uint64_t open_files = 0;  // most at a time, soft and hard limit; 0: as we may
        uid_t user = 0;                // and group; 0: ours, another only where we are root
        bool traced = false;           // by the thread that starts it, see ptrace(2): it stops at its first instruction
    };
    // Throws std::runtime_error when it cannot be started.
    Child(const std::vector<std::string>& command, const Setting& setting);
    // Asks it to stop (SIGTERM) and waits.
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // The port of "listening on http://127.0.0.1:PORT". Throws std::runtime_error when it ends without having said so.
    std::uint16_t port();
    // All that it still prints, until it closes its standard output.
    std::string output();
    // Its exit status; -1 when a signal ended it.
    int wait();
    // SIGKILL: at once, with nothing tidied up.
    void kill();
    pid_t process() const { return process_; }
    // User and system time so far, microseconds (proc(5): in ticks of 10 ms as a rule).
    double cpu_micros() const;
    // Of RAM, now; `own` without what it shares with the file system's cache (its code, mapped files).
    struct Memory {
        std::int64_t resident = 0, own = 0;
    };
    Memory memory_kilobytes() const;

  private:
    pid_t process_ = -1;
    int output_ = -1;
};

}  // namespace stele::test
