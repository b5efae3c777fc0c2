#include "server/delivery/shown.hpp"

namespace stele::delivery {
namespace {

Keys chain_keys_of(const storage::Site& site, const locale::Tag& locale) {
    const auto* l = site.find_enabled(locale);
    // The locales have changed since the page was read: it will not be kept.
    return l ? chain_keys(l->active->chain) : Keys{};
}

}  // namespace

Keys keys_of(const storage::Site& site, const publishing::Page& page, std::string_view slug) {
    if (page.locale == page.resolved_locale) return {article_key(page.id)};
    auto keys = chain_keys_of(site, page.locale);
    keys.push_back(article_key(page.id));
    if (slug != page.slug) keys.emplace_back(routes_key);
    return keys;
}

Keys keys_of(const storage::Site& site, const locale::Tag& locale, const publishing::ListPage& list) {
    auto keys = chain_keys_of(site, locale);
    keys.emplace_back(articles_key);
    for (const auto& item : list.items) {
        keys.push_back(article_key(item.id));
        if (item.here != item.slug) keys.emplace_back(routes_key);
    }
    return keys;
}

}  // namespace stele::delivery
