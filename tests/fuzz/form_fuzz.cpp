// Any bytes as a form's body, a query and a path segment: what is decoded is bounded by what came, encoding brings it
// back, and a form that is taken is UTF-8 without NUL.
#include "server/form.hpp"
#include "src/base/error.hpp"
#include "src/locale/text.hpp"
#include "tests/fuzz/support.hpp"

using namespace stele;
using namespace stele::http;
using fuzz::require;

namespace {

void check_escapes(std::string_view text) {
    const auto encoded = percent_encoded(text);
    require(percent_decoded(encoded) == text, "what is encoded comes back");
    require(text.find('\0') != std::string_view::npos || escapes_are_sound(encoded), "what we encode is sound");
    require(percent_decoded(text).size() <= text.size(), "decoding makes nothing longer");
    if (escapes_are_sound(text) && text.find('\0') == std::string_view::npos)
        require(percent_decoded(text).find('\0') == std::string::npos, "no NUL comes out of sound escapes");
}

void check_items(std::string_view text) {
    std::string again;
    size_t decoded = 0;
    const auto items = query_items(text);
    for (const auto& [name, value] : items) {
        again += (again.empty() ? "" : "&") + percent_encoded(name) + "=" + percent_encoded(value);
        decoded += name.size() + value.size();
    }
    require(decoded <= text.size(), "no item is longer than what came");
    require(query_items(again) == items, "items written down are the same items");
}

void check_form(std::string_view text) {
    Request request;
    request.headers = {{"Content-Type", "application/x-www-form-urlencoded"}};
    request.body = text;
    try {
        const auto form = form_of(request);
        for (const auto& [name, value] : form.items()) {
            require(locale::is_utf8(name) && locale::is_utf8(value), "a form is UTF-8");
            require(form.has(name) && !form.texts(name).empty(), "every field is found");
            require(form.text(name).find('\r') == std::string::npos, "line ends are plain");
        }
    } catch (const Error& error) {
        require(error.code() == ErrorCode::malformed, "it says what it is");
    }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, size_t size) {
    const auto text = fuzz::view(data, size);
    check_escapes(text);
    check_items(text);
    check_form(text);
    return 0;
}
