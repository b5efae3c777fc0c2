#pragma once
// --role and --locale, as user and token take them.
#include <string>
#include <vector>

#include "src/accounts/roles.hpp"

namespace CLI {
class App;
}

namespace stele::cli {

struct AccountOptions {
    std::string role;
    std::vector<std::string> locales;
};
void add_account_options(CLI::App& app, AccountOptions& options);
accounts::Role role_of(const AccountOptions& options);
std::string locales_text(const std::vector<locale::Tag>& locales);  // "nb, en", or "all"

}  // namespace stele::cli
