#include "server/http/address.hpp"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "server/http/characters.hpp"

namespace stele::http {

namespace {

constexpr unsigned v4_prefix_bits = 96;

bool is_v4(const Address& address) {
    constexpr std::array<unsigned char, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::equal(prefix.begin(), prefix.end(), address.begin());
}

}  // namespace

std::optional<Address> parse_address(std::string_view text) {
    // inet_pton stops at a NUL and would not see what follows it.
    for (char c : text)
        if (!is(hex_character, c) && c != ':' && c != '.') return std::nullopt;
    if (text.size() >= INET6_ADDRSTRLEN) return std::nullopt;
    const std::string ended(text);
    Address address{};
    if (inet_pton(AF_INET6, ended.c_str(), address.data()) == 1) return address;
    address = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    if (inet_pton(AF_INET, ended.c_str(), address.data() + 12) == 1) return address;
    return std::nullopt;
}

std::string to_string(const Address& address) {
    std::array<char, INET6_ADDRSTRLEN> text{};
    if (is_v4(address))
        inet_ntop(AF_INET, address.data() + 12, text.data(), text.size());
    else
        inet_ntop(AF_INET6, address.data(), text.data(), text.size());
    return text.data();
}

std::string group_of(const Address& address) {
    if (is_v4(address)) return to_string(address);
    return {reinterpret_cast<const char*>(address.data()), 8};
}

bool Network::contains(const Address& address) const {
    const auto whole = static_cast<std::ptrdiff_t>(bits / 8);
    if (!std::equal(base.begin(), base.begin() + whole, address.begin())) return false;
    const auto left = bits % 8;
    const auto at = static_cast<std::size_t>(whole);
    return left == 0 || (base[at] ^ address[at]) >> (8 - left) == 0;
}

std::optional<Network> parse_network(std::string_view text) {
    const auto slash = text.find('/');
    const auto base = parse_address(text.substr(0, slash));
    if (!base) return std::nullopt;
    if (slash == std::string_view::npos) return Network{*base, 128};
    const auto digits = text.substr(slash + 1);
    // "::ffff:10.0.0.0/104" counts all 128 bits, "10.0.0.0/8" the 32 that it shows.
    const bool short_form = text.find(':') == std::string_view::npos;
    const unsigned most = short_form ? 128 - v4_prefix_bits : 128;
    unsigned bits = 0;
    const auto [stop, error] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
    if (error != std::errc() || stop != digits.data() + digits.size() || bits > most) return std::nullopt;
    return Network{*base, short_form ? bits + v4_prefix_bits : bits};
}

}  // namespace stele::http
