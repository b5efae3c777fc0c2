#include "server/site/answer.hpp"

#include <fmt/format.h>
#include <xxhash.h>

#include "server/http/conditional.hpp"

namespace stele::site {
namespace {

constexpr auto ask_again = "public, max-age=0, must-revalidate";

// A page loads what the theme brings, and pictures from anywhere; nothing in an article's text can run.
constexpr auto content_policy =
    "default-src 'none'; style-src 'self'; font-src 'self'; script-src 'self'; img-src 'self' http: https: data:; "
    "base-uri 'none'; form-action 'self'; frame-ancestors 'self'";

}  // namespace

std::string hash_of(std::string_view bytes) { return fmt::format("{:016x}", XXH3_64bits(bytes.data(), bytes.size())); }

http::Response html_response(std::string html) {
    auto response = http::text_response(200, "text/html; charset=utf-8", std::move(html));
    response.set("Content-Security-Policy", content_policy);
    response.set("X-Content-Type-Options", "nosniff");
    return response;
}

http::Response page_answer(const http::Request& request, std::string html, std::string_view version) {
    const http::EntityTag tag{.opaque = fmt::format("{}{}{}", version, version.empty() ? "" : "-", hash_of(html))};
    http::Response response;
    if (http::not_modified(request, tag))
        response.status = 304;
    else
        response = html_response(std::move(html));
    response.set("ETag", http::to_string(tag));
    response.set("Cache-Control", ask_again);
    return response;
}

void keep(const App& app, http::Response& response, delivery::Keys keys) {
    delivery::may_be_kept(response, std::move(keys), app.options.stale_while_revalidate);
}

http::Response moved(int status, const std::string& location) {
    auto response = http::redirect(status, location);
    response.set("Cache-Control", ask_again);
    return response;
}

http::Response negotiated_redirect(const std::string& location) {
    auto response = moved(302, location);
    response.set("Vary", "Accept-Language");
    return response;
}

}  // namespace stele::site
