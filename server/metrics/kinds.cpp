#include "server/metrics/kinds.hpp"

#include <functional>
#include <memory>

namespace stele::metrics {
namespace {

constexpr std::size_t tries = 64;

std::size_t hash_of(const Kinds::Name& name) {
    const std::hash<std::string_view> hash;
    return (hash(name.pattern) * 31 + hash(name.method)) * 31 + hash(name.locale);
}

}  // namespace

Kinds::~Kinds() {
    for (auto& name : names_) delete name.load(std::memory_order_relaxed);
}

// A table with open addressing that only grows: a place that is taken stays so.
http::Kind Kinds::of(std::string_view method, std::string_view pattern, std::string_view locale) {
    const Name name{std::string(method), std::string(pattern), std::string(locale)};
    std::unique_ptr<const Name> made;
    const auto begin = hash_of(name);
    for (std::size_t i = 0; i < tries; ++i) {
        const auto place = 1 + (begin + i) % (http::kinds - 1);
        const Name* there = names_[place].load(std::memory_order_acquire);
        if (!there) {
            if (!made) made = std::make_unique<const Name>(name);
            if (names_[place].compare_exchange_strong(there, made.get(), std::memory_order_acq_rel)) {
                static_cast<void>(made.release());
                return http::Kind(place);
            }
        }
        if (*there == name) return http::Kind(place);
    }
    return locale.empty() ? 0 : of(method, pattern, {});
}

}  // namespace stele::metrics
