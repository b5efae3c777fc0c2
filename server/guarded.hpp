#pragma once
// A database whose writes ask once more, in their own transaction, whether their writer still may. Between the look at
// a token and the write that it allows lies the whole request; what is revoked meanwhile must not write any more.
#include <functional>
#include <memory>

#include "src/db/db.hpp"

namespace stele {

using Ask = std::function<void(db::Connection&)>;
// Called after each write that may have been committed; see db::Database::write.
using Written = std::function<void(db::Moment)>;

// `ask` throws where the answer is no: nothing is then written. `database` and `written`, which may be empty, have to
// outlive what is returned.
std::shared_ptr<db::Database> guarded(db::Database& database, Ask ask, const Written& written);

}  // namespace stele
