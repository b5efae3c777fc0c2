#pragma once
#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>

namespace stele {

// The decimal number that `text` is as a whole, "-12" or "007" too; absent for anything else and beyond 64 bits.
inline std::optional<std::int64_t> number_from(std::string_view text) {
    std::int64_t n = 0;
    const auto* const end = text.data() + text.size();
    const auto [stop, failed] = std::from_chars(text.data(), end, n);
    if (failed != std::errc() || stop != end) return std::nullopt;
    return n;
}

// The same from 1 on: numbers of rows, and places in lists.
inline std::optional<std::int64_t> positive_from(std::string_view text) {
    const auto n = number_from(text);
    return n && *n > 0 ? n : std::nullopt;
}

}  // namespace stele
