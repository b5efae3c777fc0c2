#include "server/authenticate.hpp"

#include "server/form.hpp"
#include "server/urls.hpp"
#include "src/accounts/secrets.hpp"
#include "src/accounts/tokens.hpp"

namespace stele {
namespace {

// RFC 9110 section 11.1: the scheme's name has no case.
std::optional<std::string_view> bearer_of(const http::Request& request) {
    constexpr std::string_view scheme = "bearer ";
    const auto value = request.header("Authorization");
    if (value.size() <= scheme.size()) return std::nullopt;
    for (size_t i = 0; i < scheme.size(); ++i)
        if ((value[i] | 0x20) != (scheme[i] | 0x20)) return std::nullopt;
    return value.substr(value.find_first_not_of(' ', scheme.size()) == std::string_view::npos
                            ? scheme.size()
                            : value.find_first_not_of(' ', scheme.size()));
}

bool changes_something(const http::Request& request) {
    return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

// A browser sends the cookie whoever made the request; only our own pages know the token.
void check_csrf(const http::Request& request, const accounts::Session& session) {
    std::string sent(request.header("X-CSRF-Token"));
    if (sent.empty() && is_form(request)) sent = form_of(request).text("csrf");
    if (!accounts::equal_secrets(sent, session.csrf)) throw Error(ErrorCode::forbidden, "csrf");
}

void sign_in(App& app, Call& call, const std::string& cookie) {
    call.session = accounts::find_session(store_of(app), cookie);
    if (!call.session) return;
    if (call.session->user.interface_locale)
        call.language = app.catalog->interface_tag(*call.session->user.interface_locale);
    if (changes_something(call.request)) check_csrf(call.request, *call.session);
    call.caller = call.session->known();
}

}  // namespace

std::string_view session_cookie_name(const App& app, const http::Request& request) {
    return base_url_of(app, request).starts_with("https://") ? "__Host-stele_session" : "stele_session";
}

locale::Tag language_of(const App& app, const http::Request& request) {
    static const auto english = locale::Tag::stored("en");
    return locale::negotiate(request.header_list("Accept-Language"), app.interface_locales, english).locale;
}

void authenticate(App& app, Call& call) {
    if (const auto secret = bearer_of(call.request)) {
        call.caller = accounts::find_token(store_of(app), *secret);
        if (!call.caller) throw Error(ErrorCode::unauthenticated, "invalid-token");
    } else if (const auto cookie = call.request.cookie(session_cookie_name(app, call.request))) {
        sign_in(app, call, *cookie);
    }
}

}  // namespace stele
