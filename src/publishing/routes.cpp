#include "src/publishing/routes.hpp"

#include <algorithm>
#include <tuple>

#include "src/editing/work.hpp"
#include "src/storage/publications.hpp"

namespace stele::publishing {
namespace {

std::optional<storage::Article> find_live(db::Connection& c, ArticleId id) {
    auto article = storage::find_article(c, id);
    if (!article || article->deleted_at) return std::nullopt;
    return article;
}

// Own beats former beats foreign, and of these those of the chain first.
void sort_by_rank(std::vector<storage::RouteRow>& routes, const storage::Site& site, const locale::Tag& locale) {
    const auto& chain = editing::enabled_locale(site, locale).active->chain;
    auto rank = [&](const storage::RouteRow& r) {
        const auto at = std::find(chain.begin(), chain.end(), r.locale) - chain.begin();
        return std::tuple(r.locale != locale, r.former, at, r.locale.text(), number(r.article_id));
    };
    std::sort(routes.begin(), routes.end(), [&](const auto& a, const auto& b) { return rank(a) < rank(b); });
    std::erase_if(routes, [&](const auto& route) { return !site.find_enabled(route.locale); });
}

}  // namespace

std::optional<storage::Article> find_meant(db::Connection& c, const storage::Site& site, const locale::Tag& locale,
                                           std::string_view slug) {
    if (const auto own = storage::find_route(c, locale, slug))
        if (auto article = find_live(c, own->article_id)) return article;
    auto routes = storage::find_routes(c, slug);
    sort_by_rank(routes, site, locale);
    for (const auto& route : routes)
        if (auto article = find_live(c, route.article_id)) return article;
    auto article = storage::find_article(c, slug);
    if (!article || article->deleted_at) return std::nullopt;
    return article;
}

std::string fallback_slug(db::Connection& c, const storage::Site& site, const locale::Tag& locale, ArticleId id,
                          const std::string& key, const std::string& slug) {
    for (const auto& candidate : {slug, key})
        if (const auto meant = find_meant(c, site, locale, candidate); meant && meant->id == id) return candidate;
    return std::to_string(number(id));
}

std::map<ArticleId, std::string> fallback_slugs(db::Connection& c, const storage::Site& site, const locale::Tag& locale,
                                                const std::vector<Fallback>& fallbacks) {
    std::vector<std::string> slugs;
    for (const auto& f : fallbacks) slugs.push_back(f.slug);
    std::map<std::string, std::vector<storage::RouteRow>> routes;
    for (auto& [slug, route] : storage::find_live_routes(c, slugs)) routes[slug].push_back(std::move(route));
    for (auto& [slug, list] : routes) sort_by_rank(list, site, locale);
    std::map<ArticleId, std::string> found;
    for (const auto& f : fallbacks) {
        const auto& list = routes[f.slug];
        const bool free = !list.empty() && list.front().article_id == f.id;
        found.emplace(f.id, free ? f.slug : fallback_slug(c, site, locale, f.id, f.key, f.slug));
    }
    return found;
}

}  // namespace stele::publishing
