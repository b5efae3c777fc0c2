// Signing in by a one-time link, and out again.
#include <fmt/format.h>

#include "server/authenticate.hpp"
#include "server/form.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"

namespace stele::studio {
namespace {

http::Response sign_in_page(App& app, const Call& call, const std::string& code, bool used, int status) {
    auto data = view_object();
    put(data, "code", code.empty() ? nothing() : ViewData(code));
    put(data, "used", used);
    put(data, "notice", false);
    if (call.request.query("signed-out")) put(data, "notice", word(app, call, "studio.signed-out"));
    return page(app, call, "sign_in", word(app, call, "studio.sign-in.title"), std::move(data), status);
}

std::string cookie_line(const App& app, const Call& call, std::string_view value, std::chrono::seconds age) {
    const auto name = session_cookie_name(app, call.request);
    return fmt::format("{}={}; Path=/; HttpOnly; SameSite=Lax; Max-Age={}{}", name, value, age.count(),
                       name.starts_with("__Host-") ? "; Secure" : "");
}

// Only a path of ours; "//elsewhere" would leave the site.
std::string path_within(const std::string& target) {
    const bool ours = target.starts_with("/studio") && target.find_first_of("\r\n\\") == std::string::npos;
    return ours ? target : std::string("/studio");
}

}  // namespace

http::Response show_sign_in(App& app, const Call& call) { return sign_in_page(app, call, {}, false, 200); }

http::Response show_link(App& app, const Call& call) {
    return sign_in_page(app, call, call.request.param("code"), false, 200);
}

http::Response redeem_link(App& app, const Call& call) {
    // Nobody is to be signed in by another site's form (Fetch Metadata; browsers without it send nothing).
    if (call.request.header("Sec-Fetch-Site") == "cross-site") throw Error(ErrorCode::forbidden, "csrf");
    const auto opened = accounts::redeem_link(store_of(app), call.request.param("code"));
    if (!opened) return sign_in_page(app, call, {}, true, 410);
    auto response = see_other("/studio");
    response.add("Set-Cookie", cookie_line(app, call, opened->secret, accounts::session_lifetime));
    return response;
}

http::Response sign_out(App& app, const Call& call) {
    if (const auto secret = call.request.cookie(session_cookie_name(app, call.request)))
        accounts::end_session(store_of(app), *secret);
    auto response = see_other("/studio/sign-in?signed-out=1");
    response.add("Set-Cookie", cookie_line(app, call, "", std::chrono::seconds(0)));
    return response;
}

http::Response set_language(App& app, const Call& call) {
    const auto form = form_of(call.request);
    auto tag = locale::Tag::parse(form.text("language"));
    if (tag) tag = app.catalog->interface_tag(*tag);
    accounts::set_interface_locale(store_of(app, call), call.session->user.id, tag);
    return see_other(path_within(form.text("here")));
}

}  // namespace stele::studio
