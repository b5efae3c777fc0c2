#pragma once
// The real binary as a child process.
#include <sys/types.h>

#include <cstdint>
#include <map>
#include <string>
#include <vector>

namespace stele::bench {

class Child {
  public:
    // `environment` is added to ours. Throws std::runtime_error when it cannot be started.
    Child(const std::vector<std::string>& command, const std::map<std::string, std::string>& environment);
    // Asks it to stop (SIGTERM) and waits.
    ~Child();
    Child(const Child&) = delete;
    Child& operator=(const Child&) = delete;

    // The port of "listening on http://127.0.0.1:PORT". Throws std::runtime_error when it ends without having said so.
    std::uint16_t port();
    // All it wrote to standard output since; waits until it closes it.
    std::string output();
    // Its exit status; -1 when a signal ended it.
    int wait();
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

}  // namespace stele::bench
