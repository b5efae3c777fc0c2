#pragma once
// Terms in the log of changes: what they were before, since nothing else keeps it.
#include "src/terms/terms.hpp"

namespace stele::terms {

// `kind`: one of storage::change_kinds. Not as the first write of its transaction.
void log(db::Transaction& t, std::string_view kind, const Term& before, const Actor& actor, Time at);
// So many terms at once, new ones and others.
void log_import(db::Transaction& t, const locale::Tag& source, std::int64_t count, const Actor& actor, Time at);

}  // namespace stele::terms
