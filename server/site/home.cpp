// The addresses without a locale: / and /{slug} send each reader to their own language.
#include "server/site/answer.hpp"
#include "server/site/frame.hpp"
#include "server/site/handlers.hpp"
#include "server/site/page.hpp"
#include "server/urls.hpp"

namespace stele::site {
namespace {

locale::Tag reader_of(const storage::Site& site, const http::Request& request) {
    return locale::negotiate(request.header_list("Accept-Language"), site.enabled(), site.default_locale).locale;
}

std::string with_query(std::string path, const http::Request& request) {
    return request.query_string.empty() ? path : path + "?" + request.query_string;
}

}  // namespace

http::Response show_home(App& app, const Call& call) {
    return negotiated_redirect(with_query(list_path(reader_of(*site_of(app), call.request)), call.request));
}

http::Response show_bare(App& app, const Call& call) {
    const auto site = site_of(app);
    const auto& slug = call.request.param("slug");
    if (const auto locale = enabled_locale(*site, slug))
        return moved(308, with_query(list_path(*locale), call.request));
    const auto route = publishing::read_bare(store_of(app), slug, reader_of(*site, call.request));
    if (const auto* to = std::get_if<publishing::Redirect>(&route))
        return negotiated_redirect(page_path(to->locale, to->slug));
    if (const auto* page = std::get_if<publishing::Page>(&route))
        return negotiated_redirect(page_path(page->locale, slug));
    throw nothing_here(std::get<publishing::Nothing>(route));
}

}  // namespace stele::site
