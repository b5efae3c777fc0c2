#include "server/urls.hpp"

#include "server/http/percent.hpp"

namespace stele {

std::string base_url_of(const App& app, const http::Request& request) {
    if (!app.options.base_url.empty()) return app.options.base_url;
    return (request.https ? "https://" : "http://") + (request.host.empty() ? "localhost" : request.host);
}

std::string page_path(const locale::Tag& locale, std::string_view slug) {
    return "/" + locale.text() + "/" + http::percent_encoded(slug);
}

std::string target_with(const http::Request& request, std::string_view name, std::string_view value) {
    std::string query;
    const auto add = [&](std::string_view key, std::string_view text) {
        query += (query.empty() ? "?" : "&") + http::percent_encoded(key) + "=" + http::percent_encoded(text);
    };
    for (const auto& [key, text] : request.query_items())
        if (key != name) add(key, text);
    add(name, value);
    return request.target.substr(0, request.target.find('?')) + query;
}

}  // namespace stele
