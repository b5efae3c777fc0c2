#include "server/form.hpp"

#include <algorithm>

#include "src/base/error.hpp"
#include "src/locale/text.hpp"

namespace stele {
namespace {

// CRLF, CR and LF are one line end each (HTML, constructing the entry list).
std::string with_plain_line_endings(const std::string& text) {
    std::string plain;
    plain.reserve(text.size());
    for (size_t i = 0; i < text.size(); ++i) {
        const bool pair = text[i] == '\r' && i + 1 < text.size() && text[i + 1] == '\n';
        if (!pair) plain += text[i] == '\r' ? '\n' : text[i];
    }
    return plain;
}

// A NUL may also stand there as it is, without an escape.
bool is_text(std::string_view value) { return locale::is_utf8(value) && value.find('\0') == std::string_view::npos; }

}  // namespace

std::string Form::text(std::string_view name) const {
    for (const auto& [key, value] : items_)
        if (key == name) return with_plain_line_endings(value);
    return {};
}

bool Form::has(std::string_view name) const {
    return std::any_of(items_.begin(), items_.end(), [&](const auto& item) { return item.first == name; });
}

std::vector<std::string> Form::texts(std::string_view name) const {
    std::vector<std::string> found;
    for (const auto& [key, value] : items_)
        if (key == name) found.push_back(with_plain_line_endings(value));
    return found;
}

bool is_form(const http::Request& request) {
    return request.header("Content-Type").starts_with("application/x-www-form-urlencoded");
}

Form form_of(const http::Request& request) {
    if (!is_form(request)) throw Error(ErrorCode::unsupported_media, "not-form");
    if (!http::escapes_are_sound(request.body)) throw Error(ErrorCode::malformed, "form");
    auto items = http::query_items(request.body);
    for (const auto& [name, value] : items)
        if (!is_text(name) || !is_text(value)) throw Error(ErrorCode::malformed, "form");
    return Form(std::move(items));
}

}  // namespace stele
