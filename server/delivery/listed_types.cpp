#include "server/delivery/listed_types.hpp"

#include <algorithm>

#include "src/publishing/publishing.hpp"
#include "src/storage/site.hpp"

namespace stele::delivery {
namespace {

constexpr std::string_view locale_prefix = "locale-";

bool has(const Keys& keys, std::string_view key) { return std::find(keys.begin(), keys.end(), key) != keys.end(); }

bool is_of_lists(const std::string& key) { return key == articles_key || key.starts_with(locale_prefix); }

// An article that comes, goes or gets another type does so in every locale; a publication in those that fall back to
// it.
bool concern(const Keys& keys, const std::vector<locale::Tag>& chain) {
    if (has(keys, articles_key)) return true;
    const auto named = chain_keys(chain);
    return std::any_of(named.begin(), named.end(), [&](const auto& key) { return has(keys, key); });
}

}  // namespace

ListedTypes::ByLocale ListedTypes::read(const Keys& keys) const {
    const auto site =
        store_.db.reading([&](db::Connection& c) { return storage::read_site(c, store_.default_locale); });
    ByLocale types;
    for (const auto& l : site->locales) {
        if (!l.active || !concern(keys, l.active->chain)) continue;
        auto& of_locale = types[l.tag.text()];
        of_locale = publishing::listed_types(store_, l.tag);
        std::sort(of_locale.begin(), of_locale.end());
    }
    return types;
}

void ListedTypes::complete(Keys& keys) {
    const std::lock_guard look(looks_);
    // With the whole site go all pages; what they show from now on may be others by the chains alone.
    const bool all = has(keys, site_key);
    if (!all && std::none_of(keys.begin(), keys.end(), is_of_lists)) return;
    try {
        auto read_now = read(all ? Keys{std::string(articles_key)} : keys);
        const std::lock_guard lock(mutex_);
        if (all) seen_.clear();
        for (auto& [locale, types] : read_now) {
            auto& seen = seen_[locale];
            if (seen && *seen == types) continue;
            if (!all) keys.push_back(types_key(locale::Tag::stored(locale)));
            seen = std::make_shared<const Types>(std::move(types));
        }
    } catch (const std::exception&) {
        if (!all) keys.emplace_back(site_key);
        const std::lock_guard lock(mutex_);
        seen_.clear();
    }
}

std::shared_ptr<const ListedTypes::Types> ListedTypes::of(const locale::Tag& locale) const {
    const std::lock_guard lock(mutex_);
    const auto seen = seen_.find(locale.text());
    return seen == seen_.end() ? nullptr : seen->second;
}

}  // namespace stele::delivery
