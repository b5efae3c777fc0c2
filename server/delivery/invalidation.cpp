#include "server/delivery/invalidation.hpp"

#include "server/delivery/cache.hpp"

namespace stele::delivery {

Invalidation::Invalidation(App& app) : app_(app), types_(store_of(app)) {
    if (auto urls = purge_urls_of(app.options.purge_urls); !urls.empty())
        hook_.emplace(PurgeOptions{.urls = std::move(urls),
                                   .secret = app.options.purge_secret,
                                   .trusted = app.options.purge_ca_file,
                                   .log = app.log});
    follower_.emplace(
        *app.database, [this](const Keys& keys) { tell(keys); }, app.log);
    // Not before the log is followed: whatever changes from here on is told.
    Keys everything{std::string(site_key)};
    types_.complete(everything);
    app_.written = [this](db::Moment committed) { follower_->catch_up(committed); };
}

Invalidation::~Invalidation() { app_.written = {}; }

void Invalidation::tell(Keys keys) {
    types_.complete(keys);
    if (app_.cache) app_.cache->drop(keys);
    if (hook_) hook_->add(keys);
}

}  // namespace stele::delivery
