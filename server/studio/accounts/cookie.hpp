#pragma once
// The session's cookie, and what a page that signs in has to look at first.
#include <string>

#include "server/call.hpp"

namespace stele::studio {

// Throws forbidden ("csrf") where another site's page sent the form: nobody is to be signed in by it.
void refuse_foreign_forms(const App& app, const Call& call);
// To `target`, or the studio's first page where that is none of ours, with the session's cookie.
http::Response signed_in(const App& app, const Call& call, const std::string& secret, const std::string& target);
http::Response with_cookie(const App& app, const Call& call, http::Response response, std::string_view value,
                           std::chrono::seconds age);
// The cookie of this request; empty where there is none.
std::string session_secret(const App& app, const Call& call);
// Only a path of the studio; "//elsewhere" would leave the site.
std::string path_within(const std::string& target);

}  // namespace stele::studio
