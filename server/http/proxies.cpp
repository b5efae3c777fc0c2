#include "server/http/proxies.hpp"

#include <algorithm>
#include <stdexcept>
#include <string>
#include <utility>

#include "server/http/characters.hpp"
#include "server/http/target.hpp"

namespace stele::http {

namespace {

constexpr std::size_t most_hops = 64;
constexpr std::size_t most_id_bytes = 64;

// One proxy's word about whoever was before it.
struct Hop {
    std::string_view from, proto, host;
};
using Hops = std::vector<Hop>;

// The address of a node (RFC 7239 section 6) and of what X-Forwarded-For holds: "192.0.2.1", "192.0.2.1:80",
// "2001:db8::1", "[2001:db8::1]", "[2001:db8::1]:_port". A port does not matter.
std::string_view without_port(std::string_view node) {
    if (node.starts_with('[')) return node.substr(1, std::min(node.find(']'), node.size()) - 1);
    const auto colon = node.find(':');
    // More than one colon: an IPv6 address without brackets.
    return colon == node.rfind(':') ? node.substr(0, colon) : node;
}

void set_pair(Hop& hop, std::string_view name, std::string_view value) {
    if (equal_ignoring_case(name, "for")) hop.from = value;
    if (equal_ignoring_case(name, "proto")) hop.proto = value;
    if (equal_ignoring_case(name, "host")) hop.host = value;
}

// Takes `"…"` or a token off the front; false where there is neither. Backslashes are left standing: no address, scheme
// or host has one, so what they stand in is not believed.
bool take_value(std::string_view& rest, std::string_view& value) {
    if (!rest.starts_with('"')) {
        value = rest.substr(0, std::min(rest.find_first_of(",; \t"), rest.size()));
        rest.remove_prefix(value.size());
        return !value.empty() && all(token_character, value);
    }
    for (std::size_t at = 1; at < rest.size(); ++at) {
        if (rest[at] == '\\') {
            ++at;
        } else if (rest[at] == '"') {
            value = rest.substr(1, at - 1);
            rest.remove_prefix(at + 1);
            return true;
        }
    }
    return false;
}

void skip_space(std::string_view& rest) { rest.remove_prefix(std::min(rest.find_first_not_of(" \t"), rest.size())); }

// Appends the elements of one Forwarded field; false when it is not well-formed: then nobody knows whose words those
// are that stand in it.
bool read_forwarded(std::string_view rest, Hops& hops) {
    Hop hop;
    for (skip_space(rest); !rest.empty(); skip_space(rest)) {
        if (rest.front() == ',' || rest.front() == ';') {
            if (rest.front() == ',') hops.push_back(std::exchange(hop, {}));
            rest.remove_prefix(1);
            continue;
        }
        const auto equals = rest.find('=');
        if (equals == std::string_view::npos) return false;
        const auto name = rest.substr(0, equals);
        rest.remove_prefix(equals + 1);
        std::string_view value;
        if (name.empty() || !all(token_character, name) || !take_value(rest, value)) return false;
        skip_space(rest);
        if (!rest.empty() && rest.front() != ',' && rest.front() != ';') return false;
        set_pair(hop, name, value);
    }
    hops.push_back(hop);
    return hops.size() <= most_hops;
}

// Newest last, as in one list (RFC 9110 section 5.3); empty where there is nothing to believe.
Hops forwarded_hops(const Head& head) {
    Hops hops;
    for (const auto& field : head.fields)
        if (equal_ignoring_case(field.name, "forwarded") && !read_forwarded(field.value, hops)) return {};
    return hops;
}

std::vector<std::string_view> list_of(const Head& head, std::string_view name) {
    std::vector<std::string_view> elements;
    for (const auto& field : head.fields)
        if (equal_ignoring_case(field.name, name))
            for_each_element(field.value, [&](std::string_view element) { elements.push_back(element); });
    return elements;
}

// The three fields are lists of their own. A proxy may append to one and overwrite another: they are laid side by side
// from the right, and the first word of a shorter one stands for what is left of it.
Hops x_forwarded_hops(const Head& head) {
    const auto from = list_of(head, "x-forwarded-for");
    const auto proto = list_of(head, "x-forwarded-proto");
    const auto host = list_of(head, "x-forwarded-host");
    const auto count = std::min(std::max({from.size(), proto.size(), host.size()}), most_hops);
    const auto from_right = [](const auto& list, std::size_t n) {
        if (list.empty()) return std::string_view();
        return n < list.size() ? list[list.size() - 1 - n] : list.front();
    };
    Hops hops(count);
    for (std::size_t n = 0; n < count; ++n) {
        auto& hop = hops[count - 1 - n];
        hop.from = n < from.size() ? from[from.size() - 1 - n] : std::string_view();
        hop.proto = from_right(proto, n);
        hop.host = from_right(host, n);
    }
    return hops;
}

bool id_is_sane(std::string_view id) {
    const auto sane = [](char c) {
        return is(unreserved_character, c) || c == '+' || c == '/' || c == '=' || c == ':';
    };
    return !id.empty() && id.size() <= most_id_bytes && std::all_of(id.begin(), id.end(), sane);
}

}  // namespace

Proxies::Proxies(std::string_view list, Field field) : field_(field) {
    for_each_element(list, [this](std::string_view entry) {
        if (entry == "unix") {
            unix_ = true;
            return;
        }
        const auto network = parse_network(entry);
        if (!network) throw std::invalid_argument(std::string(entry));
        networks_.push_back(*network);
    });
}

bool Proxies::trusts(const Address& address) const {
    return std::any_of(networks_.begin(), networks_.end(),
                       [&](const Network& network) { return network.contains(address); });
}

void Proxies::believe(Head& head) const {
    if (const auto id = head.header("x-request-id"); id_is_sane(id)) head.request_id = id;
    const auto hops = field_ == Field::forwarded ? forwarded_hops(head) : x_forwarded_hops(head);
    const Hop* seen = nullptr;
    for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
        seen = &*hop;
        const auto address = parse_address(without_port(hop->from));
        if (!address) break;
        head.client = address;
        if (!trusts(*address)) break;
    }
    if (!seen) return;
    head.https = equal_ignoring_case(seen->proto, "https");
    if (host_is_valid(seen->host)) head.host = seen->host;
}

}  // namespace stele::http
