#include "server/delivery/coding.hpp"

#include <brotli/encode.h>
#include <zlib.h>

#include <new>
#include <optional>

#include "server/http/characters.hpp"

namespace stele::delivery {
namespace {

using http::equal_ignoring_case;
using http::trimmed;

constexpr std::size_t least_bytes = 860;
// Made while somebody waits, once: half a millisecond for a long page, within a few percent of the best.
constexpr int gzip_level = 6, brotli_quality = 5, brotli_window = 18;

// Thousandths of weight = OWS ";" OWS "q=" qvalue (RFC 9110 section 12.4.2); absent where it is none.
std::optional<int> weight_of(std::string_view parameters) {
    parameters = trimmed(parameters);
    if (parameters.empty()) return 1000;
    if (parameters.size() < 3 || http::lower(parameters[0]) != 'q' || parameters[1] != '=') return std::nullopt;
    const auto value = parameters.substr(2);
    if (value.size() > 5 || (value[0] != '0' && value[0] != '1') || (value.size() > 1 && value[1] != '.'))
        return std::nullopt;
    int weight = (value[0] - '0') * 1000;
    int step = 100;
    for (std::size_t i = 2; i < value.size(); ++i, step /= 10) {
        if (value[i] < '0' || value[i] > '9') return std::nullopt;
        weight += (value[i] - '0') * step;
    }
    return weight <= 1000 ? std::optional(weight) : std::nullopt;
}

struct Weights {
    std::optional<int> identity, gzip, brotli, any;

    void take(std::string_view element) {
        const auto semicolon = element.find(';');
        const auto name = trimmed(element.substr(0, semicolon));
        const auto weight =
            weight_of(semicolon == std::string_view::npos ? std::string_view() : element.substr(semicolon + 1));
        if (!weight) return;
        if (equal_ignoring_case(name, "br"))
            brotli = weight;
        else if (equal_ignoring_case(name, "gzip") || equal_ignoring_case(name, "x-gzip"))
            gzip = weight;
        else if (equal_ignoring_case(name, "identity"))
            identity = weight;
        else if (name == "*")
            any = weight;
    }
};

std::string gzipped(std::string_view bytes) {
    z_stream stream{};
    constexpr int gzip_format = 16, memory = 8;
    if (deflateInit2(&stream, gzip_level, Z_DEFLATED, MAX_WBITS + gzip_format, memory, Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::bad_alloc();
    std::string out(deflateBound(&stream, uLong(bytes.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
    stream.avail_in = uInt(bytes.size());
    stream.next_out = reinterpret_cast<Bytef*>(out.data());
    stream.avail_out = uInt(out.size());
    deflate(&stream, Z_FINISH);
    out.resize(stream.total_out);
    deflateEnd(&stream);
    return out;
}

std::string brotlied(std::string_view bytes) {
    std::string out(BrotliEncoderMaxCompressedSize(bytes.size()), '\0');
    auto size = out.size();
    if (!BrotliEncoderCompress(brotli_quality, brotli_window, BROTLI_MODE_TEXT, bytes.size(),
                               reinterpret_cast<const std::uint8_t*>(bytes.data()), &size,
                               reinterpret_cast<std::uint8_t*>(out.data())))
        throw std::bad_alloc();
    out.resize(size);
    return out;
}

}  // namespace

Coding choose_coding(std::string_view accept_encoding) {
    Weights weights;
    http::for_each_element(accept_encoding, [&](std::string_view element) { weights.take(element); });
    const int others = weights.any.value_or(0);
    const int brotli = weights.brotli.value_or(others), gzip = weights.gzip.value_or(others);
    const int least = weights.identity.value_or(1);
    if (brotli >= gzip && brotli >= least) return brotli > 0 ? Coding::brotli : Coding::identity;
    return gzip > 0 && gzip >= least ? Coding::gzip : Coding::identity;
}

std::string_view name_of(Coding coding) {
    constexpr std::array<std::string_view, codings> names{"", "gzip", "br"};
    return names[std::size_t(coding)];
}

std::string_view suffix_of(Coding coding) {
    constexpr std::array<std::string_view, codings> suffixes{"", "-gz", "-br"};
    return suffixes[std::size_t(coding)];
}

bool may_be_coded(std::string_view content_type, std::size_t bytes) {
    if (bytes < least_bytes) return false;
    const auto type = trimmed(content_type.substr(0, content_type.find(';')));
    if (type.starts_with("text/") || type.ends_with("json") || type.ends_with("xml")) return true;
    return type == "application/javascript";
}

std::string encoded(std::string_view bytes, Coding coding) {
    switch (coding) {
        case Coding::gzip:
            return gzipped(bytes);
        case Coding::brotli:
            return brotlied(bytes);
        case Coding::identity:
            break;
    }
    return std::string(bytes);
}

}  // namespace stele::delivery
