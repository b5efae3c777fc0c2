#pragma once
// The two small protocols by which systemd and a service talk: sd_listen_fds(3) and sd_notify(3). Both are a few lines
// of environment variables and datagrams, described there as stable; libsystemd would be a dependency for them alone.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace stele::cli {

// The sockets that systemd has opened for this process: descriptors, from 3 on. They and the environment are as if they
// had not been there for programs that this one starts.
std::vector<int> inherited_sockets();

class Notifier {
  public:
    Notifier();  // from NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID

    // "READY=1", "STOPPING=1", "WATCHDOG=1", "STATUS=…"; nothing happens where nobody listens.
    void say(std::string_view state) const;
    // How often WATCHDOG=1 is wanted: half the time after which the service counts as hung. Absent: not at all.
    std::optional<std::chrono::milliseconds> watchdog() const { return watchdog_; }

  private:
    std::string socket_;
    std::optional<std::chrono::milliseconds> watchdog_;
};

}  // namespace stele::cli
