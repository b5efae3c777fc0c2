#pragma once
// Mistakes of forms and lists of sessions, for the pages of one's own account and of others'.
#include "server/call.hpp"
#include "server/views.hpp"

namespace stele::studio {

// Puts "sessions" (false where there is none) and "more_than_one"; `secret`: of the session that looks.
void put_sessions(ViewData& data, App& app, const Call& call, std::int64_t account_id, std::string_view secret);
// Puts "mistake_FIELD" for the fields old, password, mail, mail_old, name, grants and days, and "mistake" for all else:
// false where nothing is wrong.
void put_mistakes(ViewData& data, const App& app, const Call& call, const Error* error);
// What a form can mend, so that it is shown again; else the page of errors is.
bool is_mendable(const Error& error);

}  // namespace stele::studio
