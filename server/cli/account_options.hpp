#pragma once
// --role, --locale and --grant, as user and token take them.
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
    std::vector<std::string> grants;  // "ROLE" or "ROLE:nb,nn"
};
void add_account_options(CLI::App& app, AccountOptions& options);
// What they say together. Throws UsageError for what is no role or no language tag, and where they say nothing.
accounts::Grants grants_of(const AccountOptions& options);
std::string grants_text(const accounts::Grants& grants);  // "translator: nb, nn; reviewer: en", "editor"

}  // namespace stele::cli
