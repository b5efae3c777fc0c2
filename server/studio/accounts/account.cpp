// One's own account: mail address, password, sessions.
#include "server/authenticate.hpp"
#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/studio/accounts/cookie.hpp"
#include "server/studio/accounts/grants_form.hpp"
#include "server/studio/accounts/mistakes.hpp"
#include "server/studio/accounts/sessions_view.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/accounts/passwords.hpp"
#include "src/accounts/sign_in.hpp"

namespace stele::studio {
namespace {

// What was done, as the page that is read next says it.
constexpr std::string_view notices[] = {"mail", "password", "session", "sessions"};

std::string notice_of(const App& app, const Call& call) {
    const auto done = call.request.query("done").value_or("");
    for (const auto known : notices)
        if (done == known) return word(app, call, "account.done." + done);
    return {};
}

// `mail`: as it was sent, absent where it was not.
http::Response account_page(App& app, const Call& call, const Error* error, const std::optional<std::string>& mail) {
    const auto& user = call.session->user;
    auto data = view_object();
    put(data, "notice", text_or_nothing(notice_of(app, call)));
    put(data, "account_name", user.name);
    put(data, "grant_words", grant_words(app, call, user.grants));
    put(data, "mail", mail.value_or(user.mail.value_or("")));
    put(data, "can_end", true);
    put(data, "has_password", user.password_at.has_value());
    put(data, "password_since", user.password_at ? time_view(app, call, *user.password_at) : nothing());
    put(data, "min", std::to_string(accounts::min_password_chars));
    put_mistakes(data, app, call, error);
    put_sessions(data, app, call, user.id, session_secret(app, call));
    return page(app, call, "accounts/account", word(app, call, "account.title"), std::move(data),
                error ? status_of(*error) : 200);
}

// The name of what was done. An address is where a new password goes, so changing it takes the old one.
std::string change(App& app, const Call& call, const Form& form) {
    const auto store = store_of(app, call);
    const auto& user = call.session->user;
    const auto visit = visit_of(call.request);
    const auto secret = session_secret(app, call);
    const auto action = form.text("action");
    if (action == "mail") {
        accounts::change_mail(store, app.secret, user, {form.text("mail_old"), form.text("mail")}, visit);
        return "mail";
    }
    if (action == "password") {
        accounts::change_password(store, app.secret, user, {form.text("old"), form.text("password")}, secret, visit);
        return "password";
    }
    if (action == "others") {
        accounts::revoke_other_sessions(store, user, secret, user.name);
        return "sessions";
    }
    if (form.has("session")) {
        accounts::revoke_session(store, user, form.text("session"), user.name);
        return "session";
    }
    throw Error(ErrorCode::malformed, "form");
}

}  // namespace

http::Response show_account(App& app, const Call& call) { return account_page(app, call, nullptr, {}); }

http::Response change_account(App& app, const Call& call) {
    const auto form = form_of(call.request);
    try {
        return see_other("/studio/account?done=" + change(app, call, form));
    } catch (const Error& error) {
        if (!is_mendable(error)) throw;
        const bool about_mail = form.text("action") == "mail";
        return account_page(app, call, &error, about_mail ? std::optional(form.text("mail")) : std::nullopt);
    }
}

}  // namespace stele::studio
