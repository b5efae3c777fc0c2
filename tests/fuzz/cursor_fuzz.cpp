// Any bytes as a cursor: refused, or made by us for this very query and generation. And each cursor comes back as it
// was, but not into another query's list or another generation, nor with any character changed.
#include "src/base/error.hpp"
#include "src/storage/cursor.hpp"
#include "tests/fuzz/support.hpp"

using namespace stele;
using fuzz::require;
using storage::Cursor;

namespace {

std::optional<Cursor> read(std::string_view text, std::string_view query, std::int64_t generation, ErrorCode why) {
    try {
        return storage::cursor_from(text, query, generation);
    } catch (const Error& error) {
        require(error.code() == why || error.code() == ErrorCode::malformed, "it says what it is");
        return std::nullopt;
    }
}

void round_trip(std::string_view bytes) {
    if (bytes.size() < 17) return;
    Cursor cursor{.key = std::string(bytes.substr(17, 1'500))};
    for (size_t i = 0; i < 8; ++i) {
        cursor.generation = static_cast<std::int64_t>(static_cast<std::uint64_t>(cursor.generation) << 8) |
                            static_cast<unsigned char>(bytes[i]);
        cursor.id = static_cast<std::int64_t>(static_cast<std::uint64_t>(cursor.id) << 8) |
                    static_cast<unsigned char>(bytes[8 + i]);
    }
    auto text = to_text(cursor, "worklist");
    const auto back = read(text, "worklist", cursor.generation, ErrorCode::malformed);
    require(back && back->key == cursor.key && back->id == cursor.id && back->generation == cursor.generation,
            "it comes back as it was");
    require(!read(text, "articles", cursor.generation, ErrorCode::malformed), "another list refuses it");
    require(!read(text, "worklist", cursor.generation ^ 1, ErrorCode::cursor_expired), "another generation too");
    const size_t at = static_cast<unsigned char>(bytes[16]) * text.size() / 256;
    text[at] = text[at] == 'A' ? 'B' : 'A';
    require(!read(text, "worklist", cursor.generation, ErrorCode::malformed), "none can be made from another");
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    const auto bytes = fuzz::view(data, size);
    if (const auto cursor = read(bytes, "worklist", 7, ErrorCode::cursor_expired))
        require(to_text(*cursor, "worklist") == bytes, "what is taken is what we write");
    round_trip(bytes);
    return 0;
}
