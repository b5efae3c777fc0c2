// Signing in by password or by a one-time link, and out again.
#include "src/accounts/sign_in.hpp"

#include "server/authenticate.hpp"
#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/mail/sender.hpp"
#include "server/studio/accounts/cookie.hpp"
#include "server/studio/accounts/letters.hpp"
#include "server/studio/accounts/mistakes.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/accounts/passwords.hpp"

namespace stele::studio {
namespace {

struct SignInPage {
    std::string code{};  // of a link to sign in by; else the form with a password
    std::string notice{};
    std::string what{};  // is wrong
    std::string name{};
    std::string next{};
    int status = 200;
};

http::Response sign_in_page(App& app, const Call& call, const SignInPage& asked) {
    auto data = view_object();
    put(data, "code", text_or_nothing(asked.code));
    put(data, "notice", text_or_nothing(asked.notice));
    put(data, "what", text_or_nothing(asked.what));
    for (const auto* name : {"mistakes", "detail"}) put(data, name, nothing());
    put(data, "account_name", asked.name);
    put(data, "next", asked.next);
    return page(app, call, "accounts/sign_in", word(app, call, "studio.sign-in.title"), std::move(data), asked.status);
}

// When to try again, where the error says so.
http::Response with_retry(http::Response response, const Error& error) {
    for (const auto& param : error.params())
        if (const auto* seconds = std::get_if<std::int64_t>(&param.value); seconds && param.name == "seconds")
            response.set("Retry-After", std::to_string(*seconds));
    return response;
}

// What the error says, above the form that it is about, with its status and headers.
http::Response refused(App& app, const Call& call, const Error& error, SignInPage page_data) {
    const auto fault = fault_of(app, error, call.language);
    page_data.what = fault.detail;
    page_data.status = fault.status;
    return with_retry(sign_in_page(app, call, page_data), error);
}

http::Response forgot_page(App& app, const Call& call, const std::string& name, const Error* error) {
    auto data = view_object();
    put(data, "by_mail", mail::is_configured(app.options));
    put(data, "sent", !error && call.request.query("sent").has_value());
    put_mistakes(data, app, call, error);
    put(data, "account_name", name);
    return page(app, call, "accounts/forgot", word(app, call, "account.forgot-title"), std::move(data),
                error ? status_of(*error) : 200);
}

bool is_about_signing_in(const Error& error) {
    return error.reason() == "sign-in" || error.code() == ErrorCode::overloaded;
}

// People copy names with what stands around them.
std::string trimmed(const std::string& text) {
    const auto from = text.find_first_not_of(" \t\n");
    if (from == std::string::npos) return {};
    return text.substr(from, text.find_last_not_of(" \t\n") - from + 1);
}

http::Response password_page(App& app, const Call& call, const accounts::Invited& invited, const Error* error) {
    auto data = view_object();
    put(data, "account_name", invited.user.name);
    put(data, "intro",
        word(app, call, invited.purpose == accounts::Purpose::invitation ? "account.welcome" : "account.choose"));
    put(data, "min", std::to_string(accounts::min_password_chars));
    put_mistakes(data, app, call, error);
    return page(app, call, "accounts/password", word(app, call, "account.password-title"), std::move(data),
                error ? status_of(*error) : 200);
}

http::Response used_link(App& app, const Call& call) {
    return sign_in_page(app, call, {.what = word(app, call, "studio.sign-in.used"), .status = 410});
}

}  // namespace

http::Response show_sign_in(App& app, const Call& call) {
    SignInPage asked{.next = call.request.query("next").value_or("")};
    if (call.request.query("signed-out")) asked.notice = word(app, call, "studio.signed-out");
    return sign_in_page(app, call, asked);
}

http::Response sign_in(App& app, const Call& call) {
    refuse_foreign_forms(app, call);
    const auto form = form_of(call.request);
    const accounts::Credentials given{.name = trimmed(form.text("name")), .password = form.text("password")};
    try {
        const auto opened = accounts::sign_in(store_of(app), app.secret, given, visit_of(call.request));
        return signed_in(app, call, opened.secret, form.text("next"));
    } catch (const Error& error) {
        if (!is_about_signing_in(error)) throw;
        return refused(app, call, error, {.name = given.name, .next = form.text("next")});
    }
}

http::Response show_link(App& app, const Call& call) {
    return sign_in_page(app, call, {.code = call.request.param("code")});
}

http::Response redeem_link(App& app, const Call& call) {
    refuse_foreign_forms(app, call);
    const auto opened = accounts::redeem_link(store_of(app), call.request.param("code"), visit_of(call.request));
    if (!opened) return used_link(app, call);
    return signed_in(app, call, opened->secret, "/studio");
}

http::Response sign_out(App& app, const Call& call) {
    accounts::end_session(store_of(app), session_secret(app, call));
    return with_cookie(app, call, see_other("/studio/sign-in?signed-out=1"), "", std::chrono::seconds(0));
}

http::Response show_forgot(App& app, const Call& call) { return forgot_page(app, call, {}, nullptr); }

http::Response ask_for_password(App& app, const Call& call) {
    refuse_foreign_forms(app, call);
    if (!mail::is_configured(app.options)) throw Error(ErrorCode::not_found, "path");
    const auto name = trimmed(form_of(call.request).text("name"));
    try {
        accounts::request_reset(store_of(app), app.secret, name, visit_of(call.request),
                                [&](const accounts::User& user) { return reset_letter(app, call, user); });
        return see_other("/studio/password?sent=1");
    } catch (const Error& error) {
        if (!is_about_signing_in(error)) throw;
        return with_retry(forgot_page(app, call, name, &error), error);
    }
}

http::Response show_password(App& app, const Call& call) {
    const auto invited = accounts::find_invited(store_of(app), call.request.param("code"));
    return invited ? password_page(app, call, *invited, nullptr) : used_link(app, call);
}

http::Response choose_password(App& app, const Call& call) {
    refuse_foreign_forms(app, call);
    const auto form = form_of(call.request);
    const auto& code = call.request.param("code");
    try {
        const auto opened =
            accounts::redeem_invitation(store_of(app), code, form.text("password"), visit_of(call.request));
        return opened ? signed_in(app, call, opened->secret, "/studio") : used_link(app, call);
    } catch (const Error& error) {
        const auto invited = accounts::find_invited(store_of(app), code);
        if (error.code() != ErrorCode::invalid || !invited) throw;
        return password_page(app, call, *invited, &error);
    }
}

http::Response set_language(App& app, const Call& call) {
    const auto form = form_of(call.request);
    auto tag = locale::Tag::parse(form.text("language"));
    if (tag) tag = app.catalog->interface_tag(*tag);
    accounts::set_interface_locale(store_of(app, call), call.session->user.id, tag);
    return see_other(path_within(form.text("here")));
}

}  // namespace stele::studio
