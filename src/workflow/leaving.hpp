#pragma once
// Work of somebody who may not do it any more.
#include "src/accounts/roles.hpp"
#include "src/db/db.hpp"
#include "src/storage/store.hpp"

namespace stele::workflow {

// Takes back what is assigned to the account in locales into which `grants` does not let translate. Not as the first
// write of its transaction (storage/change_log.hpp says why).
void end_assignments(db::Transaction& t, Time now, std::int64_t account, const accounts::Grants& grants,
                     const Actor& by);

}  // namespace stele::workflow
