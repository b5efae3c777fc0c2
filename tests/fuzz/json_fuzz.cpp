// Any bytes as a JSON body: refused as malformed, or a value that is the same when it is written and read again, that
// Boost's own parser reads alike, and that the decoder takes or refuses with pointers that lead to something.
#include <algorithm>
#include <boost/json.hpp>
#include <cmath>

#include "server/api/decoder.hpp"
#include "server/api/json_document.hpp"
#include "tests/fuzz/support.hpp"

using namespace stele;
using fuzz::require;
namespace json = boost::json;

namespace {

void decode(const json::object& object) {
    api::Decoder decoder(object);
    decoder.text("title", api::Lines::one);
    decoder.text("body", api::Lines::many);
    decoder.boolean("incomplete");
    const auto position = decoder.integer("position", -5, 1'000);
    require(!position || (*position >= -5 && *position <= 1'000), "numbers are in their range");
    decoder.tag("locale");
    decoder.texts("list");
    decoder.tags("locales");
    decoder.word("mode", {"aligned", "independent"});
    decoder.raw_object("fields");
    decoder.objects("segments", [](api::Decoder& inner) {
        inner.text("id", api::Lines::one);
        inner.text("text", api::Lines::many);
        inner.require("id");
        inner.finish();
    });
    decoder.object("translation", [](api::Decoder& inner) {
        inner.text("title", api::Lines::one);
        for (const auto& [name, text] : inner.remaining_texts(api::Lines::many))
            require(text.find('\0') == std::string::npos, "no NUL comes through");
        inner.finish();
    });
    decoder.finish();
}

// Boost's numbers are the nearest only almost, and 0e999 is none: nothing times a power that is infinite.
bool alike(const json::value& a, const json::value& b) {
    if (a.is_double() && b.is_double() && std::isnan(b.get_double())) return a.get_double() == 0;
    if (a.is_double() && b.is_double())
        return std::abs(a.get_double() - b.get_double()) <= 1e-14 * std::abs(a.get_double()) ||
               std::fpclassify(a.get_double()) == FP_SUBNORMAL;
    if (a.is_array() && b.is_array())
        return std::equal(a.get_array().begin(), a.get_array().end(), b.get_array().begin(), b.get_array().end(),
                          alike);
    if (!a.is_object() || !b.is_object()) return a == b;
    return a.get_object().size() == b.get_object().size() &&
           std::all_of(a.get_object().begin(), a.get_object().end(), [&](const auto& member) {
               const auto* other = b.get_object().if_contains(member.key());
               return other && alike(member.value(), *other);
           });
}

void check(std::string_view text) {
    const auto value = api::parse_json(text);
    require(api::parse_json(json::serialize(value)) == value, "written and read again it is the same");
    json::parse_options options;
    options.max_depth = api::max_depth + 1;
    json::error_code error;
    require(alike(value, json::parse({text.data(), text.size()}, error, {}, options)) && !error,
            "Boost reads the same");
    if (value.is_object()) decode(value.get_object());
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    try {
        check(fuzz::view(data, size));
    } catch (const Error& error) {
        require(error.code() == ErrorCode::malformed || error.code() == ErrorCode::invalid, "it says what it is");
        require(error.code() == ErrorCode::malformed || !error.fields().empty(), "it says where");
        for (const auto& field : error.fields()) require(field.pointer.starts_with("/"), "pointers are pointers");
    }
    return 0;
}
