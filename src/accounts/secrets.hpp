#pragma once
// Secrets that prove who somebody is: 32 random bytes, shown once, kept only as a hash.
#include <string>
#include <string_view>

#include "src/db/db.hpp"

namespace stele::accounts {

// URL-safe base64 of 32 random bytes behind `prefix` ("stele_", so that scanners of leaked secrets can find them).
std::string make_secret(std::string_view prefix = {});
// BLAKE2b-256 (libsodium generichash). The secret has 256 bits of its own, so neither salt nor a slow hash is needed;
// the look-up by hash leaks by its timing nothing that helps to find a secret.
db::Bytes hash_of(std::string_view secret);
// Constant time in the content; different lengths are unequal.
bool equal_secrets(std::string_view a, std::string_view b);

}  // namespace stele::accounts
