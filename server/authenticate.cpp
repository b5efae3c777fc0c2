#include "server/authenticate.hpp"

#include "server/form.hpp"
#include "server/guarded.hpp"
#include "server/urls.hpp"
#include "src/accounts/secrets.hpp"
#include "src/accounts/tokens.hpp"

namespace stele {
namespace {

bool changes_something(const http::Request& request) {
    return request.method != "GET" && request.method != "HEAD" && request.method != "OPTIONS";
}

// A browser sends the cookie whoever made the request; only our own pages know the token.
void check_csrf(const http::Request& request, const accounts::Session& session) {
    std::string sent(request.header("X-CSRF-Token"));
    if (sent.empty() && is_form(request)) sent = form_of(request).text("csrf");
    if (!accounts::equal_secrets(sent, session.csrf)) throw Error(ErrorCode::forbidden, "csrf");
}

// What somebody was found to be has to be so still. A token or session that merely ran out while its request was being
// served had not done so when it began.
void check_still(const accounts::Caller& now, const accounts::Known& then, std::string_view reason) {
    if (!now) throw Error(ErrorCode::unauthenticated, std::string(reason));
    if (*now != then)
        throw Error(ErrorCode::forbidden, {}, {{"role", std::string(name_of(accounts::leading_role(now->grants)))}});
}

void see(App& app, accounts::Sightings::Kind kind, std::string_view secret, std::optional<Time> seen_at, Time now) {
    if (app.sightings) app.sightings->see(kind, secret, seen_at.value_or(Time{}), now);
}

void sign_in(App& app, Call& call, const std::string& cookie) {
    const Time now = app.now();
    call.session = app.database->reading([&](db::Connection& c) { return accounts::find_session(c, cookie, now); });
    if (!call.session) return;
    if (call.session->user.interface_locale)
        call.language = app.catalog->interface_tag(*call.session->user.interface_locale);
    if (changes_something(call.request)) check_csrf(call.request, *call.session);
    call.caller = call.session->known();
    see(app, accounts::Sightings::Kind::session, cookie, call.session->seen_at, now);
    const auto ask = [cookie, now, then = *call.caller](db::Connection& c) {
        const auto session = accounts::find_session(c, cookie, now);
        check_still(session ? accounts::Caller(session->known()) : std::nullopt, then, "session");
    };
    call.database = guarded(*app.database, ask, app.written);
}

void take_token(App& app, Call& call, const std::string& secret) {
    const Time now = app.now();
    const auto bearer = app.database->reading([&](db::Connection& c) { return accounts::find_token(c, secret, now); });
    if (!bearer) throw Error(ErrorCode::unauthenticated, "invalid-token");
    call.caller = bearer->known;
    see(app, accounts::Sightings::Kind::token, secret, bearer->seen_at, now);
    const auto ask = [secret, now, then = *call.caller](db::Connection& c) {
        const auto found = accounts::find_token(c, secret, now);
        check_still(found ? accounts::Caller(found->known) : std::nullopt, then, "invalid-token");
    };
    call.database = guarded(*app.database, ask, app.written);
}

}  // namespace

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

accounts::Visit visit_of(const http::Request& request) {
    return {.address = request.peer, .browser = accounts::browser_from(request.header("User-Agent"))};
}

Store store_of(App& app, const Call& call) {
    auto& database = call.database ? *call.database : *app.database;
    const auto store = store_of(app);
    return {.db = database,
            .types = store.types,
            .default_locale = store.default_locale,
            .now = store.now,
            .collation = store.collation};
}

std::string_view session_cookie_name(const App& app, const http::Request& request) {
    return base_url_of(app, request).starts_with("https://") ? "__Host-stele_session" : "stele_session";
}

locale::Tag language_of(const App& app, const http::Request& request) {
    static const auto english = locale::Tag::stored("en");
    return locale::negotiate(request.header_list("Accept-Language"), app.interface_locales, english).locale;
}

void authenticate(App& app, Call& call) {
    if (const auto secret = bearer_of(call.request)) {
        take_token(app, call, std::string(*secret));
    } else if (const auto cookie = call.request.cookie(session_cookie_name(app, call.request))) {
        sign_in(app, call, *cookie);
    }
}

}  // namespace stele
