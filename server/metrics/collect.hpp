#pragma once
// Where each part's own figures get the names that operators see. Every name is said once, here and in process.cpp; the
// dashboard in config/grafana uses no other.
#include <map>

#include "server/app.hpp"
#include "server/http/traffic.hpp"
#include "server/metrics/families.hpp"
#include "server/metrics/kinds.hpp"

namespace stele::metrics {

// Of answers, by route, language and status. Figures of handlers that no row names, and of the front, have no route.
void add_requests(const std::map<http::Kind, http::Answered>& answered, const Kinds& kinds, Families& families);

// Everything that this process knows. Without the database, which may be away, there is all the rest.
std::string collect(App& app);

}  // namespace stele::metrics
