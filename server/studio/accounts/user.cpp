// Settings: one account. What it may do, whether it may sign in, links for it, its sessions.
#include <fmt/format.h>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/mail/sender.hpp"
#include "server/studio/accounts/cookie.hpp"
#include "server/studio/accounts/grants_form.hpp"
#include "server/studio/accounts/letters.hpp"
#include "server/studio/accounts/links_view.hpp"
#include "server/studio/accounts/mistakes.hpp"
#include "server/studio/accounts/sessions_view.hpp"
#include "server/studio/settings/tabs.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "server/urls.hpp"

namespace stele::studio {
namespace {

constexpr std::string_view notices[] = {"grants", "disabled", "enabled", "mail", "sessions", "sent"};

accounts::User user_of(App& app, const Call& call) {
    const auto& name = call.request.param("name");
    auto user = accounts::find_user(store_of(app), name);
    if (!user) throw Error(ErrorCode::not_found, "user", {{"name", name}});
    return *std::move(user);
}

std::string notice_of(const App& app, const Call& call) {
    const auto done = call.request.query("done").value_or("");
    for (const auto known : notices)
        if (done == known) return word(app, call, "account.user." + done, {{"name", call.request.param("name")}});
    return {};
}

http::Response done(const accounts::User& user, std::string_view what) {
    return see_other(fmt::format("{}?done={}", user_path(user.name), what));
}

http::Response change(App& app, const Call& call, const accounts::User& user, const Form& form) {
    const auto store = store_of(app, call);
    const auto& by = actor_of(call);
    const auto action = form.text("action");
    if (action == "grants") {
        accounts::change_grants(store, user.name, grants_of(rows_of(form)), by, form.text("seen"));
        return done(user, "grants");
    }
    if (action == "mail") {
        accounts::set_mail(store, user.name, form.text("mail"), by);
        return done(user, "mail");
    }
    if (action == "disable") {
        accounts::disable_user(store, user.name, by);
        return done(user, "disabled");
    }
    if (action == "enable") {
        accounts::enable_user(store, user.name, by);
        return done(user, "enabled");
    }
    if (action == "sessions") {
        accounts::revoke_other_sessions(store, user, session_secret(app, call), by);
        return done(user, "sessions");
    }
    if (action == "link")
        return hand_over_link(app, call, user,
                              user.password_at ? accounts::Purpose::reset : accounts::Purpose::invitation);
    throw Error(ErrorCode::malformed, "form");
}

}  // namespace

http::Response user_page(App& app, const Call& call, const accounts::User& user, const UserPage& shown) {
    auto data = view_object();
    put(data, "notice", text_or_nothing(shown.notice));
    put(data, "link", text_or_nothing(shown.link));
    put(data, "link_for", word(app, call, "account.link-for", {{"name", user.name}}));
    put(data, "account_name", user.name);
    put(data, "action", user_path(user.name));
    put(data, "seen", accounts::stored_grants(user.grants));
    put(data, "mail", shown.mail.value_or(user.mail.value_or("")));
    put(data, "disabled", user.disabled_at.has_value());
    put(data, "is_own", user.id == call.session->user.id);
    put(data, "can_end", false);
    put(data, "has_password", user.password_at.has_value());
    put(data, "password_since", user.password_at ? time_view(app, call, *user.password_at) : nothing());
    put(data, "created", time_view(app, call, user.created_at));
    put_grants(data, app, call, shown.grants ? *shown.grants : rows_of(user.grants), shown.error);
    put_mistakes(data, app, call, shown.error);
    put_sessions(data, app, call, user.id, session_secret(app, call));
    put_settings(data, app, call);
    return page(app, call, "accounts/user", user.name, std::move(data), shown.error ? status_of(*shown.error) : 200);
}

http::Response hand_over_link(App& app, const Call& call, const accounts::User& user, accounts::Purpose purpose) {
    const auto store = store_of(app, call);
    if (user.mail && mail::is_configured(app.options)) {
        const auto letter = purpose == accounts::Purpose::invitation ? invitation_letter(app, call, user)
                                                                     : reset_letter(app, call, user);
        if (accounts::send_link(store, user, purpose, letter, actor_of(call))) return done(user, "sent");
    }
    const auto code = accounts::create_link(store, user.name, purpose, actor_of(call));
    return user_page(app, call, user, {.link = base_url_of(app, call.request) + "/studio/password/" + code});
}

http::Response show_user(App& app, const Call& call) {
    return user_page(app, call, user_of(app, call), {.notice = notice_of(app, call)});
}

namespace {

// What was chosen stands over the roles as they are now, which the page names.
http::Response grants_moved(App& app, const Call& call, const Form& form) {
    const auto now = user_of(app, call);
    const Error moved(ErrorCode::version_conflict, "grants-moved",
                      {{"name", now.name}, {"grants", grant_words(app, call, now.grants)}});
    return user_page(app, call, now, {.grants = rows_of(form), .error = &moved});
}

}  // namespace

http::Response change_user(App& app, const Call& call) {
    const auto form = form_of(call.request);
    const auto user = user_of(app, call);
    try {
        return change(app, call, user, form);
    } catch (const Error& error) {
        if (error.code() == ErrorCode::version_conflict) return grants_moved(app, call, form);
        if (!is_mendable(error)) throw;
        UserPage shown{.error = &error};
        if (form.text("action") == "grants") shown.grants = rows_of(form);
        if (form.text("action") == "mail") shown.mail = form.text("mail");
        return user_page(app, call, user, shown);
    }
}

}  // namespace stele::studio
