#include "src/locale/chain.hpp"

#include <algorithm>

#include "src/locale/parents.hpp"

namespace stele::locale {
namespace {

const Enabled* find(const std::vector<Enabled>& locales, const Tag& tag) {
    const auto at = std::find_if(locales.begin(), locales.end(), [&](const Enabled& e) { return e.tag == tag; });
    return at == locales.end() ? nullptr : &*at;
}

}  // namespace

std::vector<Tag> chain_of(const Tag& tag, const std::vector<Enabled>& enabled, const Tag& site_default) {
    const Enabled* own = find(enabled, tag);
    std::vector<Tag> chain{tag};
    for (const auto& next : own && own->fallback ? *own->fallback : parents_of(tag)) {
        const Enabled* entry = find(enabled, next);
        const bool usable = entry && entry->enabled && next != site_default;
        if (usable && std::find(chain.begin(), chain.end(), next) == chain.end()) chain.push_back(next);
    }
    if (tag != site_default) chain.push_back(site_default);
    return chain;
}

}  // namespace stele::locale
