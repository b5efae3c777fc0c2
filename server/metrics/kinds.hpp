#pragma once
// What answers are counted as: a number for each row of the route table in each language, given out as they come.
// Looking one up takes no lock. There are at most http::kinds of them, whatever clients ask for.
#include <array>
#include <atomic>
#include <string>
#include <string_view>

#include "server/http/traffic.hpp"

namespace stele::metrics {

class Kinds {
  public:
    Kinds() = default;
    ~Kinds();
    Kinds(const Kinds&) = delete;
    Kinds& operator=(const Kinds&) = delete;

    // When there is no room left, the number of the same row without a language, at last 0.
    http::Kind of(std::string_view method, std::string_view pattern, std::string_view locale);

    struct Name {
        std::string method, pattern, locale;
        bool operator==(const Name&) const = default;
    };
    // Null for 0 and for what was never given out.
    const Name* find(http::Kind kind) const { return names_[kind].load(std::memory_order_acquire); }

  private:
    std::array<std::atomic<const Name*>, http::kinds> names_{};
};

}  // namespace stele::metrics
