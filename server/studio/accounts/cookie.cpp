#include "server/studio/accounts/cookie.hpp"

#include <fmt/format.h>

#include "server/studio/shell.hpp"
#include "server/urls.hpp"

namespace stele::studio {

void refuse_foreign_forms(const App& app, const Call& call) {
    // Fetch Metadata, and Origin where a browser has only that.
    const auto origin = call.request.header("Origin");
    const bool elsewhere = !origin.empty() && origin != "null" && origin != base_url_of(app, call.request);
    if (elsewhere || call.request.header("Sec-Fetch-Site") == "cross-site") throw Error(ErrorCode::forbidden, "csrf");
}

http::Response with_cookie(const App& app, const Call& call, http::Response response, std::string_view value,
                           std::chrono::seconds age) {
    const auto name = session_cookie_name(app, call.request);
    response.add("Set-Cookie", fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}", name, value,
                                           age.count(), name.starts_with("__Host-") ? "; Secure" : ""));
    return response;
}

http::Response signed_in(const App& app, const Call& call, const std::string& secret, const std::string& target) {
    return with_cookie(app, call, see_other(path_within(target)), secret, accounts::session_lifetime);
}

std::string session_secret(const App& app, const Call& call) {
    return call.request.cookie(session_cookie_name(app, call.request)).value_or("");
}

std::string path_within(const std::string& target) {
    const bool below = target == "/studio" || target.starts_with("/studio/") || target.starts_with("/studio?");
    const bool plain =
        std::all_of(target.begin(), target.end(), [](char c) { return c > ' ' && c < 0x7f && c != '\\'; });
    return below && plain ? target : std::string("/studio");
}

}  // namespace stele::studio
