// stele user create|list|link|disable: people who sign in to the studio.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/account_options.hpp"
#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"
#include "server/cli/table.hpp"
#include "src/accounts/links.hpp"

namespace stele::cli {
namespace {

struct Request {
    CLI::App *create = nullptr, *list = nullptr, *link = nullptr, *disable = nullptr;
    AccountOptions account;
    std::string name;
};

void print_link(App& app, const std::string& name) {
    const auto& base = app.options.base_url;
    fmt::print("{}/studio/sign-in/{}\n", base.empty() ? local_address(app.options) : base,
               accounts::create_sign_in_link(store_of(app), name));
}

int create(App& app, const Request& request) {
    accounts::create_user(store_of(app), {.name = request.name, .grants = grants_of(request.account)});
    fmt::print("{} can sign in once with this link, within a day:\n", request.name);
    print_link(app, request.name);
    return exit_done;
}

int list(App& app) {
    Table table({"NAME", "GRANTS", "CREATED", "STATUS"});
    for (const auto& user : accounts::list_users(store_of(app)))
        table.add(
            {user.name, grants_text(user.grants), rfc3339(user.created_at), user.disabled_at ? "disabled" : "active"});
    table.print();
    return exit_done;
}

int run(const Options& options, const Request& request) {
    const auto app = open_app(options, EmptyDatabase::migrate);
    if (request.create->parsed()) return create(*app, request);
    if (request.list->parsed()) return list(*app);
    if (request.link->parsed())
        print_link(*app, request.name);
    else
        accounts::disable_user(store_of(*app), request.name);
    return exit_done;
}

void set_up(CLI::App& app, Request& request) {
    app.require_subcommand(1);
    request.create = app.add_subcommand("create", "make an account and print a link that signs in once");
    request.create->add_option("NAME", request.name, "letters, digits, '.', '_' and '-'")->required();
    add_account_options(*request.create, request.account);
    request.list = app.add_subcommand("list", "all accounts");
    request.link = app.add_subcommand("link", "print another link that signs in once");
    request.link->add_option("NAME", request.name)->required();
    request.disable = app.add_subcommand("disable", "end an account's sessions and links, and keep its history");
    request.disable->add_option("NAME", request.name)->required();
}

}  // namespace

Command user_command() {
    auto request = std::make_shared<Request>();
    return {"user", "make, list and disable accounts, and print sign-in links",
            [request](CLI::App& app) { set_up(app, *request); },
            [request](const Options& options) { return run(options, *request); }};
}

}  // namespace stele::cli
