#include "src/accounts/secrets.hpp"

#include <sodium.h>

#include <array>

namespace stele::accounts {
namespace {

constexpr size_t secret_bytes = 32;

// sodium_init is idempotent and safe from several threads.
void ready() {
    if (sodium_init() < 0) throw Error(ErrorCode::internal, "no-random-source");
}

}  // namespace

std::string make_secret(std::string_view prefix) {
    ready();
    std::array<unsigned char, secret_bytes> random{};
    randombytes_buf(random.data(), random.size());
    std::string text(sodium_base64_encoded_len(random.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING), '\0');
    sodium_bin2base64(text.data(), text.size(), random.data(), random.size(), sodium_base64_VARIANT_URLSAFE_NO_PADDING);
    text.pop_back();  // its terminating zero
    return std::string(prefix) + text;
}

db::Bytes hash_of(std::string_view secret) {
    ready();
    std::string hash(crypto_generichash_BYTES, '\0');
    crypto_generichash(reinterpret_cast<unsigned char*>(hash.data()), hash.size(),
                       reinterpret_cast<const unsigned char*>(secret.data()), secret.size(), nullptr, 0);
    return db::Bytes{std::move(hash)};
}

bool equal_secrets(std::string_view a, std::string_view b) {
    return a.size() == b.size() && sodium_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace stele::accounts
