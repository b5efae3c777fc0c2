// Settings: who has an account, and inviting somebody.
#include <fmt/format.h>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/http/percent.hpp"
#include "server/mail/sender.hpp"
#include "server/studio/accounts/grants_form.hpp"
#include "server/studio/accounts/letters.hpp"
#include "server/studio/accounts/links_view.hpp"
#include "server/studio/accounts/mistakes.hpp"
#include "server/studio/settings/tabs.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/accounts/links.hpp"

namespace stele::studio {
namespace {

constexpr int rows_per_page = 50;

std::string next_path(const std::string& q, const accounts::User& last) {
    const auto find = q.empty() ? std::string() : "q=" + http::percent_encoded(q) + "&";
    return "/studio/settings/users?" + find + "after=" + http::percent_encoded(last.name);
}

ViewData user_row(const App& app, const Call& call, const accounts::User& user) {
    auto row = view_object();
    put(row, "name", user.name);
    put(row, "href", user_path(user.name));
    put(row, "grant_words", grant_words(app, call, user.grants));
    put(row, "mail", text_or_nothing(user.mail.value_or("")));
    put(row, "disabled", user.disabled_at.has_value());
    put(row, "created", time_view(app, call, user.created_at));
    return row;
}

struct Invitation {
    std::string name, mail;
    GrantRows grants;
};

http::Response users_page(App& app, const Call& call, const Invitation& typed, const Error* error) {
    const accounts::NameQuery query{.q = call.request.query("q").value_or(""),
                                    .after = call.request.query("after").value_or(""),
                                    .limit = rows_per_page + 1};
    auto users = accounts::list_by_name(store_of(app), query);
    auto data = view_object();
    put(data, "next_href", nothing());
    if (users.size() > size_t(rows_per_page)) {
        users.pop_back();
        put(data, "next_href", next_path(query.q, users.back()));
    }
    auto rows = view_list();
    for (const auto& user : users) append(rows, user_row(app, call, user));
    put(data, "people", std::move(rows));
    put(data, "no_people", users.empty());
    put(data, "query_text", query.q);
    put(data, "account_name", typed.name);
    put(data, "mail", typed.mail);
    put(data, "by_mail", mail::is_configured(app.options));
    put_grants(data, app, call, typed.grants, error);
    put_mistakes(data, app, call, error);
    put_settings(data, app, call);
    return page(app, call, "accounts/users", word(app, call, "settings.users"), std::move(data),
                error ? status_of(*error) : 200);
}

}  // namespace

std::string user_path(std::string_view name) { return "/studio/settings/users/" + http::percent_encoded(name); }

http::Response list_users(App& app, const Call& call) { return users_page(app, call, {}, nullptr); }

http::Response invite_user(App& app, const Call& call) {
    const auto form = form_of(call.request);
    Invitation typed{.name = form.text("name"), .mail = form.text("mail"), .grants = rows_of(form)};
    const auto store = store_of(app, call);
    try {
        accounts::NewUser wanted{.name = typed.name, .mail = typed.mail};
        if (auto mistakes = grant_mistakes(typed.grants); !mistakes.empty())
            throw_together(mistakes, accounts::user_mistakes(store, wanted));
        wanted.grants = grants_of(typed.grants);
        const auto user = accounts::create_user(store, wanted, actor_of(call));
        return hand_over_link(app, call, user, accounts::Purpose::invitation);
    } catch (const Error& error) {
        if (!is_mendable(error)) throw;
        return users_page(app, call, typed, &error);
    }
}

}  // namespace stele::studio
