#pragma once
// The character classes of RFC 3986 section 2 and RFC 9110 section 5.6.2, independent of any locale.
#include <array>
#include <cstdint>
#include <string_view>

namespace stele::http {

enum CharacterClass : std::uint8_t {
    token_character = 1,       // RFC 9110: tchar
    unreserved_character = 2,  // RFC 3986: unreserved
    path_character = 4,        // RFC 3986: pchar without pct-encoded, and "/"
    field_character = 8,       // RFC 9110: field-vchar, SP, HTAB
    hex_character = 16,
};

namespace detail {
constexpr void mark(std::array<std::uint8_t, 256>& table, std::string_view characters, std::uint8_t bits) {
    for (unsigned char c : characters) table[c] |= bits;
}
constexpr std::array<std::uint8_t, 256> character_table() {
    std::array<std::uint8_t, 256> table{};
    constexpr std::string_view alphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    mark(table, alphanumeric, token_character | unreserved_character | path_character);
    mark(table, "!#$%&'*+-.^_`|~", token_character);
    mark(table, "-._~", unreserved_character | path_character);
    mark(table, "!$&'()*+,;=:@/", path_character);
    mark(table, "0123456789abcdefABCDEF", hex_character);
    for (unsigned c = 0x20; c < 256; ++c)
        if (c != 0x7f) table[c] |= field_character;
    table['\t'] |= field_character;
    return table;
}
inline constexpr auto characters = character_table();
}  // namespace detail

constexpr bool is(CharacterClass kind, char c) { return detail::characters[static_cast<unsigned char>(c)] & kind; }

constexpr bool all(CharacterClass kind, std::string_view text) {
    for (char c : text)
        if (!is(kind, c)) return false;
    return true;
}

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }

// Names of fields and codings are compared so (RFC 9110 section 5.1).
constexpr bool equal_ignoring_case(std::string_view a, std::string_view b) {
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i)
        if (lower(a[i]) != lower(b[i])) return false;
    return true;
}

// Without the optional white space around it (RFC 9110 section 5.6.3).
constexpr std::string_view trimmed(std::string_view text) {
    while (!text.empty() && (text.front() == ' ' || text.front() == '\t')) text.remove_prefix(1);
    while (!text.empty() && (text.back() == ' ' || text.back() == '\t')) text.remove_suffix(1);
    return text;
}

// Calls `take` for every element of a comma-separated list that is not empty (RFC 9110 section 5.6.1).
template <class Take>
constexpr void for_each_element(std::string_view list, Take take) {
    while (!list.empty()) {
        const auto comma = list.find(',');
        const auto element = trimmed(list.substr(0, comma));
        if (!element.empty()) take(element);
        if (comma == std::string_view::npos) return;
        list.remove_prefix(comma + 1);
    }
}

}  // namespace stele::http
