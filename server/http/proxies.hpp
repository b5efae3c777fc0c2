#pragma once
// Reverse proxies in front of the server, and what is believed of what they say about the client (RFC 7239, and the
// X-Forwarded fields that came before it). From anybody else such fields mean nothing.
#include <string_view>
#include <vector>

#include "server/http/accept.hpp"
#include "server/http/address.hpp"

namespace stele::http {

class Proxies {
  public:
    // A proxy appends to one kind of field and hands the other on as the client sent it: so only one is ever read.
    enum class Field { x_forwarded, forwarded };

    Proxies() = default;
    // Addresses and networks between commas, and "unix" for whoever connects by a unix socket. Throws
    // std::invalid_argument with the entry that is none.
    explicit Proxies(std::string_view list, Field field = Field::x_forwarded);

    bool trusts(const Address& address) const;
    bool trusts_unix() const { return unix_; }

    // Fills client, host, https and request_id of a head that came from a trusted proxy.
    //   client   the right-most address that is no trusted proxy's: everything left of it may be forged. Where nobody
    //            knows it ("unknown", "_hidden", or not an address), the nearest proxy that does not.
    //   https, host   as the proxy that saw that client says.
    void believe(Head& head) const;

  private:
    std::vector<Network> networks_;
    bool unix_ = false;
    Field field_ = Field::x_forwarded;
};

}  // namespace stele::http
