// serve --demo: a site to look at, and somebody who may do everything on it.
#include "server/cli/demo.hpp"

#include <fmt/format.h>

#include "server/cli/command.hpp"
#include "src/accounts/links.hpp"
#include "src/exchange/exchange.hpp"

namespace stele::cli {
namespace {

constexpr auto administrator = "admin";

bool has_articles(db::Database& database) {
    return database.reading([](db::Connection& c) {
        return c.one("SELECT 1 FROM article LIMIT 1", [](db::Row row) { return row.integer(0); }).has_value();
    });
}

}  // namespace

void load_demo(App& app) {
    if (has_articles(*app.database)) return;
    const auto report =
        exchange::import_files(store_of(app), exchange::MemoryFiles::embedded("config/demo/"), {.actor = "demo"});
    if (report.bad.empty()) return;
    const auto& first = report.bad.front();
    throw CommandError(
        fmt::format("the demo content cannot be imported: {}:{}: {}", first.path, first.line, first.text));
}

void print_demo(App& app, const std::string& address) {
    const auto store = store_of(app);
    if (accounts::list_users(store, 0, 1).empty())
        accounts::create_user(store, {.name = administrator, .grants = {{accounts::Role::admin}}});
    fmt::print("\n  site     {0}/\n  studio   {0}/studio\n  API      {0}/api/v1/openapi.json\n", address);
    if (const auto user = accounts::first_administrator(store))
        fmt::print("  sign in  {}/studio/sign-in/{}   (once, within a day, as {})\n", address,
                   accounts::create_sign_in_link(store, user->name), user->name);
    else
        fmt::print("  sign in  no account administers this site; make one: stele user create NAME --role admin\n");
    fmt::print("\n");
}

}  // namespace stele::cli
