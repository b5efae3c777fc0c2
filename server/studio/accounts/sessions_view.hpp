#pragma once
// Lists of sessions, for the pages of one's own account and of others'.
#include "server/call.hpp"
#include "server/views.hpp"

namespace stele::studio {

// Puts "sessions" (false where there is none) and "more_than_one"; `secret`: of the session that looks.
void put_sessions(ViewData& data, App& app, const Call& call, std::int64_t account_id, std::string_view secret);

}  // namespace stele::studio
