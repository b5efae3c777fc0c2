#include "tests/delivery/decoded.hpp"

#include <brotli/decode.h>
#include <zlib.h>

#include <stdexcept>

namespace stele::testing {
namespace {

constexpr std::size_t most_bytes = 4 << 20;

std::string gunzipped(std::string_view bytes) {
    z_stream stream{};
    inflateInit2(&stream, MAX_WBITS + 16);
    std::string out(most_bytes, '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    const auto result = inflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    const bool whole = result == Z_STREAM_END && stream.avail_in == 0;
    inflateEnd(&stream);
    if (!whole) throw std::runtime_error("no gzip");
    return out;
}

std::string unbrotlied(std::string_view bytes) {
    std::string out(most_bytes, '\0');
    auto size = out.size();
    if (BrotliDecoderDecompress(bytes.size(), reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                                reinterpret_cast<std::uint8_t*>(out.data())) != BROTLI_DECODER_RESULT_SUCCESS)
        throw std::runtime_error("no brotli");
    out.resize(size);
    return out;
}

}  // namespace

std::string decoded(std::string_view bytes, std::string_view coding) {
    if (coding == "gzip") return gunzipped(bytes);
    if (coding == "br") return unbrotlied(bytes);
    if (!coding.empty()) throw std::runtime_error("coding " + std::string(coding));
    return std::string(bytes);
}

}  // namespace stele::testing
