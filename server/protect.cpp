#include "server/protect.hpp"

#include <fmt/format.h>

#include "server/urls.hpp"

namespace stele {
namespace {

void set_unless_there(http::Response& response, std::string_view name, std::string_view value) {
    if (response.header(name).empty()) response.add(name, std::string(value));
}

}  // namespace

void protect(const App& app, const http::Request& request, http::Response& response) {
    // Or an upload or a problem document could be taken for a script.
    set_unless_there(response, "X-Content-Type-Options", "nosniff");
    if (response.header("Content-Type").starts_with("text/html")) {
        // A page that says nothing itself loads nothing and runs nothing.
        set_unless_there(response, "Content-Security-Policy", "default-src 'none'; frame-ancestors 'none'");
        set_unless_there(response, "Referrer-Policy", "strict-origin-when-cross-origin");
        // No page of ours asks for any of them; nor shall one that somebody has put into a theme.
        set_unless_there(response, "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()");
    }
    // Browsers ignore it over http (RFC 6797 section 8.1), where it must not be sent (section 7.2).
    if (app.options.hsts_max_age > 0 && base_url_of(app, request).starts_with("https://"))
        set_unless_there(response, "Strict-Transport-Security", fmt::format("max-age={}", app.options.hsts_max_age));
}

}  // namespace stele
