#pragma once
// Which content types the readers of each locale get anything of: what the site's navigation shows, and so part of
// every page. The log of changes does not say it, and to drop all pages of a locale with each publication would leave
// none.
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include "server/delivery/keys.hpp"
#include "src/storage/store.hpp"

namespace stele::delivery {

class ListedTypes {
  public:
    explicit ListedTypes(Store store);

    // To what has changed it adds the locales whose types are others than at the last look ("types-nb"); the whole site
    // where that cannot be read. Looks only where lists may have changed: at the locales that hang on one that has.
    void complete(Keys& keys);

  private:
    using ByLocale = std::map<std::string, std::vector<std::string>>;
    ByLocale read(const Keys& keys) const;

    Store store_;
    std::mutex mutex_;
    ByLocale seen_;
};

}  // namespace stele::delivery
