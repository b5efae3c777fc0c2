#pragma once
// The ICUs (locale::Collation's fingerprints) of the servers that were there lately.
#include <optional>
#include <string>
#include <vector>

#include "src/base/time.hpp"
#include "src/db/db.hpp"

namespace stele::storage {

// When a server with this ICU was last there; absent: never.
std::optional<Time> icu_seen_at(db::Connection& c, const std::string& fingerprint);
// Those that were there after `since`.
std::vector<std::string> icus_seen_since(db::Connection& c, Time since);
void set_icu_seen(db::Transaction& t, const std::string& fingerprint, Time now);
void forget_icus_before(db::Transaction& t, Time time);

}  // namespace stele::storage
