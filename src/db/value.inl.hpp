#pragma once
// How C++ values become bound values.
#include <type_traits>

#include "src/base/ids.hpp"
#include "src/base/time.hpp"

namespace stele::db {
namespace detail {
template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};
}  // namespace detail

template <class T>
Value to_value(const T& v) {
    if constexpr (std::is_same_v<T, Value>) {
        return v;
    } else if constexpr (detail::IsOptional<T>::value) {
        return v ? to_value(*v) : Value(Null{});
    } else if constexpr (std::is_same_v<T, Null> || std::is_same_v<T, Bytes> || std::is_same_v<T, std::string>) {
        return v;
    } else if constexpr (std::is_same_v<T, Time>) {
        return micros(v);
    } else if constexpr (std::is_enum_v<T> || std::is_integral_v<T>) {
        return static_cast<std::int64_t>(v);
    } else if constexpr (std::is_floating_point_v<T>) {
        return static_cast<double>(v);
    } else {
        return std::string(std::string_view(v));
    }
}

}  // namespace stele::db
