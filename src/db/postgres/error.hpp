#pragma once
#include <libpq-fe.h>

#include <string>
#include <string_view>

#include "src/base/error.hpp"

namespace stele::db::postgres {

// SQLSTATE of a write to a server that takes none; also one that became a standby.
inline constexpr std::string_view read_only_transaction = "25006";

// The five characters of SQLSTATE (PostgreSQL documentation, appendix A); empty when the server did not answer.
std::string sqlstate_of(const PGresult* result);
// Another try may succeed: serialization failure, deadlock.
bool is_worth_another_try(std::string_view sqlstate);
// What a failed statement means for the request. `result` may be null.
Error error_from(PGconn* connection, const PGresult* result, std::string_view sql);
Error unreachable(PGconn* connection);

}  // namespace stele::db::postgres
