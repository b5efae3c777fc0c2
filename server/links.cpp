#include "server/links.hpp"

#include <fmt/format.h>

#include "server/http/percent.hpp"
#include "server/urls.hpp"

namespace stele {
namespace {

constexpr std::size_t most_bytes = 2'048;  // nginx takes heads of 4,096 unless told otherwise
constexpr std::string_view negotiating = "x-default";

}  // namespace

Links links_of(const std::string& base_url, const publishing::Page& page) {
    Links links{.canonical = base_url + page_path(page.resolved_locale, page.slug), .alternates = {}};
    if (page.locale != page.resolved_locale) return links;
    auto slug = page.slug;
    for (const auto& a : page.alternates) {
        links.alternates.emplace_back(a.locale.text(), base_url + page_path(a.locale, a.slug));
        if (a.locale == page.source_locale) slug = a.slug;
    }
    links.alternates.emplace_back(negotiating, base_url + "/" + http::percent_encoded(slug));
    return links;
}

std::string link_field(const Links& links) {
    auto field = fmt::format("<{}>; rel=\"canonical\"", links.canonical);
    const auto add = [&](const auto& alternate) {
        const auto& [hreflang, address] = alternate;
        auto link = fmt::format(", <{}>; rel=\"alternate\"; hreflang=\"{}\"", address, hreflang);
        if (field.size() + link.size() <= most_bytes) field += link;
    };
    for (const bool first : {true, false})
        for (const auto& alternate : links.alternates)
            if ((alternate.first == negotiating) == first) add(alternate);
    return field;
}

}  // namespace stele
