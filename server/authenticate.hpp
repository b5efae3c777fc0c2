#pragma once
#include "server/call.hpp"

namespace stele {

// The language of messages for whoever sent this: Accept-Language over what the catalog speaks.
locale::Tag language_of(const App& app, const http::Request& request);

// Fills caller, session and language from `Authorization: Bearer` or the session's cookie. Throws unauthenticated for a
// token that is not in force; an old cookie is a guest. Throws forbidden ("csrf") where a cookie came with a request
// that changes something and neither X-CSRF-Token nor the form's field `csrf` repeats the session's token.
void authenticate(App& app, Call& call);

// Where the request comes from, as sessions and the log of changes say it.
accounts::Visit visit_of(const http::Request& request);

// What `Authorization: Bearer` carries; absent where there is none.
std::optional<std::string_view> bearer_of(const http::Request& request);

}  // namespace stele
