#pragma once
// Content codings: which one a client is to get (RFC 9110 section 12.5.3), and bytes in it.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

namespace stele::delivery {

enum class Coding : std::uint8_t { identity, gzip, brotli };
inline constexpr std::size_t codings = 3;

// The best by weight of those that are there, br before gzip before none where they are equal; a coding that is named
// goes before none where none is not named. `accept_encoding` empty: none. Where even no coding is refused
// (identity;q=0) and nothing else is taken, it is sent all the same: 406 helps nobody.
Coding choose_coding(std::string_view accept_encoding);

std::string_view name_of(Coding coding);    // "br", as Content-Encoding says it; "" for identity
std::string_view suffix_of(Coding coding);  // "-br", of the entity tag; "" for identity

// Texts of a size that is worth it: shorter ones fit into the first packet as they are.
bool may_be_coded(std::string_view content_type, std::size_t bytes);
std::string encoded(std::string_view bytes, Coding coding);

}  // namespace stele::delivery
