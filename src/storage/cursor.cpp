#include "src/storage/cursor.hpp"

#include <sodium/utils.h>
#include <xxhash.h>

#include "src/base/error.hpp"

namespace stele::storage {
namespace {

constexpr int variant = sodium_base64_VARIANT_URLSAFE_NO_PADDING;
constexpr size_t head_bytes = 24;  // check, generation, id
constexpr size_t max_text = 4096;

void put_number(std::string& bytes, std::uint64_t n) {
    for (int shift = 56; shift >= 0; shift -= 8) bytes += static_cast<char>(n >> shift);
}

std::uint64_t number_at(std::string_view bytes, size_t at) {
    std::uint64_t n = 0;
    for (size_t i = at; i < at + 8; ++i) n = n << 8 | static_cast<unsigned char>(bytes[i]);
    return n;
}

// Over the query too: the cursor of one list means nothing in another.
std::uint64_t check_of(std::string_view payload, std::string_view query) {
    return XXH3_64bits_withSeed(payload.data(), payload.size(), XXH3_64bits(query.data(), query.size()));
}

[[noreturn]] void refuse() { throw Error(ErrorCode::malformed, "cursor", {}, {{"?after", "field.cursor", {}}}); }

std::string decoded(std::string_view text) {
    if (text.size() > max_text) refuse();
    std::string bytes(text.size(), '\0');
    size_t size = 0;
    const char* end = nullptr;
    const int failed = sodium_base642bin(reinterpret_cast<unsigned char*>(bytes.data()), bytes.size(), text.data(),
                                         text.size(), nullptr, &size, &end, variant);
    if (failed != 0 || end != text.data() + text.size() || size < head_bytes) refuse();
    bytes.resize(size);
    return bytes;
}

}  // namespace

std::string to_text(const Cursor& cursor, std::string_view query) {
    std::string payload;
    put_number(payload, static_cast<std::uint64_t>(cursor.generation));
    put_number(payload, static_cast<std::uint64_t>(cursor.id));
    payload += cursor.key;
    std::string bytes;
    put_number(bytes, check_of(payload, query));
    bytes += payload;
    std::string text(sodium_base64_encoded_len(bytes.size(), variant), '\0');
    sodium_bin2base64(text.data(), text.size(), reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(),
                      variant);
    text.pop_back();  // its final NUL
    return text;
}

Cursor cursor_from(std::string_view text, std::string_view query, std::int64_t generation) {
    const auto bytes = decoded(text);
    const auto payload = std::string_view(bytes).substr(8);
    if (number_at(bytes, 0) != check_of(payload, query)) refuse();
    Cursor cursor{.generation = static_cast<std::int64_t>(number_at(payload, 0)),
                  .key = std::string(payload.substr(16)),
                  .id = static_cast<std::int64_t>(number_at(payload, 8))};
    if (cursor.generation != generation) throw Error(ErrorCode::cursor_expired);
    return cursor;
}

}  // namespace stele::storage
