#pragma once
// nginx as one would set it up to serve files as fast as it can: two workers, sendfile, open files kept, no log.
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "tests/support/child.hpp"

namespace stele::bench {

class Nginx {
  public:
    using Fields = std::vector<std::pair<std::string, std::string>>;

    // Serves the files below `folder`/root, FILE.br in the place of FILE to whoever takes brotli, all as Content-Type
    // of `fields` says and with the others of them. Throws std::runtime_error when it does not start.
    Nginx(const std::string& folder, const Fields& fields);

    std::uint16_t port() const { return port_; }
    // Of master and workers so far, microseconds.
    double cpu_micros() const;

  private:
    std::uint16_t port_;
    std::unique_ptr<test::Child> master_;
};

}  // namespace stele::bench
