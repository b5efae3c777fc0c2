#pragma once
// Whoever translates by machine: one call, whatever the service (server/machine/ has those that are reached by HTTP).
#include <chrono>
#include <span>
#include <string>
#include <vector>

#include "src/locale/tag.hpp"

namespace stele::machine {

class Provider {
  public:
    virtual ~Provider() = default;
    // `texts`: XML fragments in which empty elements <x id="1"/> stand for what is not translated (protect.hpp). As
    // many come back, in their order; what the service made of the elements is not looked at. Throws overloaded with a
    // reason: "machine-down", "machine-refused" (the key), "machine-quota", "machine-language", "machine-garbled". From
    // several threads at a time. Takes no longer than `patience`.
    virtual std::vector<std::string> translate(std::span<const std::string> texts, const locale::Tag& source,
                                               const locale::Tag& target, std::chrono::milliseconds patience) = 0;
};

}  // namespace stele::machine
