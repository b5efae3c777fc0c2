#include "server/cli/account_options.hpp"

#include <CLI/CLI.hpp>

namespace stele::cli {

void add_account_options(CLI::App& app, AccountOptions& options) {
    app.add_option("--role", options.role, "admin, editor, translator or reader")
        ->required()
        ->check(CLI::IsMember({"admin", "editor", "translator", "reader"}));
    app.add_option("--locale", options.locales, "limits all but reading to this locale; may be repeated")
        ->allow_extra_args(false);
}

accounts::Role role_of(const AccountOptions& options) {
    return accounts::role_named(options.role).value_or(accounts::Role::reader);
}

std::string locales_text(const std::vector<locale::Tag>& locales) {
    if (locales.empty()) return "all";
    std::string text;
    for (const auto& tag : locales) text += (text.empty() ? "" : ", ") + tag.text();
    return text;
}

}  // namespace stele::cli
