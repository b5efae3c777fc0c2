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

ListedTypes::ListedTypes(Store store) : store_(std::move(store)), seen_(read({std::string(articles_key)})) {}

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
    const std::lock_guard lock(mutex_);
    // Pages that are made from now on may show others by the chains alone.
    if (has(keys, site_key)) seen_.clear();
    if (std::none_of(keys.begin(), keys.end(), is_of_lists)) return;
    try {
        for (auto& [locale, types] : read(keys)) {
            const auto before = seen_.find(locale);
            if (before == seen_.end() || before->second != types)
                keys.push_back(types_key(locale::Tag::stored(locale)));
            seen_[locale] = std::move(types);
        }
    } catch (const std::exception&) {
        keys.emplace_back(site_key);
        seen_.clear();
    }
}

}  // namespace stele::delivery
