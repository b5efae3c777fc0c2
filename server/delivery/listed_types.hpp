#pragma once
// Which content types the readers of each locale get anything of: what the site's navigation shows, and so part of
// every page. The log of changes does not say it, and to drop all pages of a locale with each publication would leave
// none.
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "server/delivery/keys.hpp"
#include "src/storage/store.hpp"

namespace stele::delivery {

class ListedTypes {
  public:
    using Types = std::vector<std::string>;  // sorted

    // Knows none before the first complete().
    explicit ListedTypes(Store store) : store_(std::move(store)) {}

    // To what has changed it adds the locales whose types are others than at the last look ("types-nb"); the whole site
    // where that cannot be read. Looks only where lists may have changed: at the locales that hang on one that has.
    void complete(Keys& keys);

    // As they were after the last change that complete() was told of; null where that is not known.
    std::shared_ptr<const Types> of(const locale::Tag& locale) const;

  private:
    using ByLocale = std::map<std::string, Types>;
    ByLocale read(const Keys& keys) const;

    Store store_;
    std::mutex looks_;  // one after another: the last to have read is the last to say
    mutable std::mutex mutex_;
    std::map<std::string, std::shared_ptr<const Types>, std::less<>> seen_;
};

}  // namespace stele::delivery
