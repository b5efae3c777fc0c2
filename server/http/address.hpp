#pragma once
// IP addresses and networks of them, as limits, logs and the list of trusted proxies compare them.
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace stele::http {

// IPv4 in its IPv6 form (RFC 4291 section 2.5.5.2), so that one client has one address, whichever socket it came by.
using Address = std::array<unsigned char, 16>;

// "192.0.2.1", "2001:db8::1", "::ffff:192.0.2.1"; no port, brackets or zone.
std::optional<Address> parse_address(std::string_view text);
// As RFC 5952 writes it; an IPv4 address in four numbers.
std::string to_string(const Address& address);
// What counts as one client: the IPv4 address, or the first 64 bits of an IPv6 address.
std::string group_of(const Address& address);

struct Network {
    Address base{};
    unsigned bits = 128;  // of base that an address has to share
    bool contains(const Address& address) const;
};
// "192.0.2.0/24", "2001:db8::/32", or one address.
std::optional<Network> parse_network(std::string_view text);

}  // namespace stele::http
