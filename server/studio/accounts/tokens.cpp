// Settings: tokens of programs. A secret is shown once, on the page that answers its making.
#include "src/accounts/tokens.hpp"

#include <fmt/format.h>

#include "server/faults.hpp"
#include "server/form.hpp"
#include "server/studio/accounts/grants_form.hpp"
#include "server/studio/accounts/mistakes.hpp"
#include "server/studio/settings/tabs.hpp"
#include "server/studio/shell.hpp"
#include "server/studio/studio.hpp"
#include "src/base/number.hpp"

namespace stele::studio {
namespace {

constexpr int rows_per_page = 50;
constexpr std::int64_t longest_days = 3650;

std::int64_t number_before(const Call& call) {
    const auto text = call.request.query("before");
    if (!text) return std::numeric_limits<std::int64_t>::max();
    const auto n = number_from(*text);
    if (!n) throw Error(ErrorCode::malformed, "parameter", {{"name", "before"}}, {{"?before", "field.cursor", {}}});
    return *n;
}

ViewData token_row(const App& app, const Call& call, const accounts::Token& token) {
    const bool in_force = token.in_force(app.now());
    auto row = view_object();
    put(row, "name", token.name);
    put(row, "grant_words", grant_words(app, call, token.grants));
    put(row, "created", time_view(app, call, token.created_at));
    put(row, "created_by", text_or_nothing(token.created_by.value_or("")));
    put(row, "seen", token.seen_at ? time_view(app, call, *token.seen_at) : nothing());
    put(row, "in_force", in_force);
    put(row, "until", token.expires_at ? time_view(app, call, *token.expires_at) : nothing());
    put(row, "token_state",
        word(app, call,
             in_force           ? "account.token-in-force"
             : token.revoked_at ? "account.token-revoked"
                                : "account.token-expired"));
    return row;
}

struct TokensPage {
    std::string secret{}, notice{}, name{}, days{"365"};
    GrantRows grants{};
    const Error* error = nullptr;
};

http::Response tokens_page(App& app, const Call& call, const TokensPage& shown) {
    auto tokens = accounts::list_tokens(store_of(app), number_before(call), rows_per_page + 1);
    auto data = view_object();
    put(data, "next_href", nothing());
    if (tokens.size() > size_t(rows_per_page)) {
        tokens.pop_back();
        put(data, "next_href", fmt::format("/studio/settings/tokens?before={}", tokens.back().id));
    }
    auto rows = view_list();
    for (const auto& token : tokens) append(rows, token_row(app, call, token));
    put(data, "rows", std::move(rows));
    put(data, "none", tokens.empty());
    put(data, "made", text_or_nothing(shown.secret));
    put(data, "notice", text_or_nothing(shown.notice));
    put(data, "account_name", shown.name);
    put(data, "days", shown.days);
    put_grants(data, app, call, shown.grants, shown.error);
    put_mistakes(data, app, call, shown.error, "account.token-name");
    put_settings(data, app, call);
    return page(app, call, "accounts/tokens", word(app, call, "settings.tokens"), std::move(data),
                shown.error ? status_of(*shown.error) : 200);
}

// Absent: it is no such number.
std::optional<std::int64_t> days_in(const std::string& text) {
    const auto n = number_from(text);
    return n && *n >= 0 && *n <= longest_days ? n : std::nullopt;
}

// What programs may leave out, whoever fills in the form is to say: whose token it is, and how long it works.
FieldErrors mistakes_in(const TokensPage& typed) {
    FieldErrors mistakes;
    if (typed.name.empty()) mistakes.push_back({"/name", "field.required", {}});
    if (!days_in(typed.days))
        mistakes.push_back({"/days", "field.out-of-range", {{"min", std::int64_t{0}}, {"max", longest_days}}});
    for (auto& mistake : grant_mistakes(typed.grants)) mistakes.push_back(std::move(mistake));
    return mistakes;
}

accounts::NewToken token_of(const App& app, const TokensPage& typed) {
    accounts::NewToken token{.name = typed.name, .grants = grants_of(typed.grants)};
    if (const auto days = days_in(typed.days).value_or(0); days > 0)
        token.expires_at = app.now() + std::chrono::hours(24) * days;
    return token;
}

}  // namespace

http::Response list_tokens(App& app, const Call& call) {
    const auto done = call.request.query("done");
    return tokens_page(app, call,
                       {.notice = done == "revoked" ? word(app, call, "account.token-ended") : std::string()});
}

http::Response change_tokens(App& app, const Call& call) {
    const auto form = form_of(call.request);
    const auto store = store_of(app, call);
    if (form.has("revoke")) {
        accounts::revoke_token(store, form.text("revoke"), actor_of(call));
        return see_other("/studio/settings/tokens?done=revoked");
    }
    TokensPage shown{.name = form.text("name"), .days = form.text("days"), .grants = rows_of(form)};
    try {
        if (auto mistakes = mistakes_in(shown); !mistakes.empty())
            throw_together(mistakes, accounts::token_mistakes(store, shown.name));
        const auto secret = accounts::create_token(store, token_of(app, shown), actor_of(call));
        return tokens_page(app, call, {.secret = secret});
    } catch (const Error& error) {
        if (!is_mendable(error)) throw;
        shown.error = &error;
        return tokens_page(app, call, shown);
    }
}

}  // namespace stele::studio
