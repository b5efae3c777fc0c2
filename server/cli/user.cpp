// stele user create|list|link|grant|disable|enable: people who sign in to the studio.
#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/account_options.hpp"
#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"
#include "server/cli/table.hpp"
#include "src/accounts/links.hpp"
#include "src/storage/served.hpp"

namespace stele::cli {
namespace {

struct Request {
    CLI::App *create = nullptr, *list = nullptr, *link = nullptr, *grant = nullptr, *disable = nullptr,
             *enable = nullptr;
    AccountOptions account;
    std::string name, mail;
    bool password = false;
};

// Where people reach the site, as far as it is known here: a server may listen elsewhere than this command's options
// say.
std::string address_of(App& app) {
    if (!app.options.base_url.empty()) return app.options.base_url;
    return app.database->reading(storage::find_served).value_or(local_address(app.options));
}

void print_link(App& app, const std::string& name, accounts::Purpose purpose) {
    fmt::print("{}/studio/{}/{}\n", address_of(app), purpose == accounts::Purpose::sign_in ? "sign-in" : "password",
               accounts::create_link(store_of(app), name, purpose));
}

int create(App& app, const Request& request) {
    accounts::create_user(store_of(app),
                          {.name = request.name, .grants = grants_of(request.account), .mail = request.mail});
    fmt::print("{} can sign in once with this link, within a day:\n", request.name);
    print_link(app, request.name, accounts::Purpose::sign_in);
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
    const auto store = store_of(*app);
    if (request.link->parsed())
        print_link(*app, request.name, request.password ? accounts::Purpose::reset : accounts::Purpose::sign_in);
    else if (request.grant->parsed())
        accounts::change_grants(store, request.name, grants_of(request.account));
    else if (request.enable->parsed())
        accounts::enable_user(store, request.name);
    else
        accounts::disable_user(store, request.name);
    return exit_done;
}

void set_up(CLI::App& app, Request& request) {
    app.require_subcommand(1);
    request.create = app.add_subcommand("create", "make an account and print a link that signs in once");
    request.create->add_option("NAME", request.name, "letters, digits, '.', '_' and '-'")->required();
    add_account_options(*request.create, request.account);
    request.create->add_option("--mail", request.mail, "where links and messages go");
    request.list = app.add_subcommand("list", "all accounts");
    request.link = app.add_subcommand("link", "print another link that signs in once");
    request.link->add_option("NAME", request.name)->required();
    request.link->add_flag("--password", request.password, "to choose a new password by, instead of signing in");
    request.grant = app.add_subcommand("grant", "what an account may do from now on, instead of what it might before");
    request.grant->add_option("NAME", request.name)->required();
    add_account_options(*request.grant, request.account);
    request.disable = app.add_subcommand("disable", "end an account's sessions and links, and keep its history");
    request.disable->add_option("NAME", request.name)->required();
    request.enable = app.add_subcommand("enable", "an account that was disabled may sign in again");
    request.enable->add_option("NAME", request.name)->required();
}

}  // namespace

Command user_command() {
    auto request = std::make_shared<Request>();
    return {"user", "make, list, change and disable accounts, and print sign-in links",
            [request](CLI::App& app) { set_up(app, *request); },
            [request](const Options& options) { return run(options, *request); }};
}

}  // namespace stele::cli
