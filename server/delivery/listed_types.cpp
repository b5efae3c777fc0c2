#include "server/delivery/listed_types.hpp"

#include <algorithm>

#include "src/publishing/publishing.hpp"
#include "src/storage/site.hpp"

namespace stele::delivery {
namespace {

bool is_of_lists(const std::string& key) { return key == articles_key || key.starts_with("locale-"); }

}  // namespace

ListedTypes::ListedTypes(Store store) : store_(std::move(store)), seen_(read()) {}

ListedTypes::ByLocale ListedTypes::read() const {
    const auto site =
        store_.db.reading([&](db::Connection& c) { return storage::read_site(c, store_.default_locale); });
    ByLocale types;
    for (const auto& l : site->enabled()) {
        auto& of_locale = types[l.tag.text()];
        of_locale = publishing::listed_types(store_, l.tag);
        std::sort(of_locale.begin(), of_locale.end());
    }
    return types;
}

void ListedTypes::complete(Keys& keys) {
    if (std::none_of(keys.begin(), keys.end(), is_of_lists)) return;
    const std::lock_guard lock(mutex_);
    try {
        auto now = read();
        for (const auto& [locale, types] : now)
            if (const auto before = seen_.find(locale); before == seen_.end() || before->second != types)
                keys.push_back(types_key(locale::Tag::stored(locale)));
        seen_ = std::move(now);
    } catch (const std::exception&) {
        keys.emplace_back(site_key);
    }
}

}  // namespace stele::delivery
