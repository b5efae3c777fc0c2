// stele token create|list|revoke: access for scripts and other programs.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/account_options.hpp"
#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"
#include "server/cli/table.hpp"
#include "src/accounts/tokens.hpp"

namespace stele::cli {
namespace {

struct Request {
    CLI::App *create = nullptr, *list = nullptr, *revoke = nullptr;
    AccountOptions account;
    std::string name;
    std::int64_t days = 0;
};

int create(App& app, const Request& request) {
    accounts::NewToken token{.name = request.name, .grants = grants_of(request.account)};
    if (request.days > 0) token.expires_at = app.now() + std::chrono::hours(24) * request.days;
    // Alone on the last line: scripts take it from there.
    fmt::print("{}\n", accounts::create_token(store_of(app), token));
    return exit_done;
}

std::string status_of(const accounts::Token& token, Time now) {
    if (token.revoked_at) return "revoked";
    if (token.expires_at && *token.expires_at <= now) return "expired";
    return token.expires_at ? "until " + rfc3339(*token.expires_at) : "in force";
}

int list(App& app) {
    Table table({"NAME", "GRANTS", "CREATED", "STATUS"});
    for (const auto& token : accounts::list_tokens(store_of(app)))
        table.add({token.name, grants_text(token.grants), rfc3339(token.created_at), status_of(token, app.now())});
    table.print();
    return exit_done;
}

int run(const Options& options, const Request& request) {
    const auto app = open_app(options, EmptyDatabase::migrate);
    if (request.create->parsed()) return create(*app, request);
    if (request.list->parsed()) return list(*app);
    accounts::revoke_token(store_of(*app), request.name);
    return exit_done;
}

void set_up(CLI::App& app, Request& request) {
    app.require_subcommand(1);
    request.create = app.add_subcommand("create", "make a token and print it");
    add_account_options(*request.create, request.account);
    request.create->add_option("--name", request.name, "for the list and the history");
    request.create->add_option("--days", request.days, "how long it is in force; 0 = until revoked")
        ->check(CLI::Range(0, 3650));
    request.list = app.add_subcommand("list", "all tokens, without their secrets");
    request.revoke = app.add_subcommand("revoke", "a token is in force no longer");
    request.revoke->add_option("NAME", request.name)->required();
}

}  // namespace

Command token_command() {
    auto request = std::make_shared<Request>();
    return {"token", "make, list and revoke access tokens", [request](CLI::App& app) { set_up(app, *request); },
            [request](const Options& options) { return run(options, *request); }};
}

}  // namespace stele::cli
