#pragma once
// Content codings taken off again, by the libraries' own decoders.
#include <string>
#include <string_view>

namespace stele::testing {

// `coding` as in Content-Encoding; empty: as it is. Throws std::runtime_error for bytes that are none of that coding.
std::string decoded(std::string_view bytes, std::string_view coding);

}  // namespace stele::testing
