#pragma once
// What ties an app's cache, and the caches before the server, to the log of changes, as long as this lives.
#include <optional>

#include "server/app.hpp"
#include "server/delivery/follower.hpp"
#include "server/delivery/listed_types.hpp"
#include "server/delivery/purge.hpp"

namespace stele::delivery {

class Invalidation {
  public:
    // Sets app.written, until its own end. `app`, with its database and its cache, outlives it; nothing may be kept
    // before it is there, nor written after it has begun to end.
    explicit Invalidation(App& app);
    ~Invalidation();
    Invalidation(const Invalidation&) = delete;
    Invalidation& operator=(const Invalidation&) = delete;

    Follower::Counts followed() const { return follower_->counts(); }
    PurgeHook::Counts purged() const { return hook_ ? hook_->counts() : PurgeHook::Counts{}; }

    // The content types that readers of the locale get anything of; null where they have to be looked up. Up to date
    // with every write whose writer has been answered, as what is kept is.
    std::shared_ptr<const ListedTypes::Types> listed_types(const locale::Tag& locale) const {
        return types_.of(locale);
    }

  private:
    void tell(Keys keys);

    App& app_;
    ListedTypes types_;
    std::optional<PurgeHook> hook_;
    std::optional<Follower> follower_;  // last: it tells all of the above
};

}  // namespace stele::delivery
