#pragma once
#include "server/routes.hpp"

namespace stele {

// Lets the caller pass or throws: unauthenticated (a guest), forbidden, not_found (what the permission depends on is
// not there). Remembers the article it had to read in `call`.
void check_permission(App& app, Call& call, Permission permission);

}  // namespace stele
