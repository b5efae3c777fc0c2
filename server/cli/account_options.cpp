#include "server/cli/account_options.hpp"

#include <fmt/format.h>

#include <CLI/CLI.hpp>

#include "server/cli/command.hpp"
#include "server/cli/open_app.hpp"

namespace stele::cli {
namespace {

constexpr auto roles_text = "admin, editor, reviewer, translator or reader";

accounts::Role role_from(const std::string& name) {
    if (const auto role = accounts::role_named(name)) return *role;
    throw UsageError(fmt::format("\"{}\" is no role. It takes {}.", name, roles_text));
}

accounts::Grant grant_from(const std::string& text) {
    const auto colon = text.find(':');
    accounts::Grant grant{.role = role_from(text.substr(0, colon))};
    if (colon == std::string::npos) return grant;
    std::vector<std::string> tags;
    for (size_t from = colon + 1; from <= text.size();) {
        const auto end = std::min(text.find(',', from), text.size());
        tags.push_back(text.substr(from, end - from));
        from = end + 1;
    }
    grant.locales = tags_of(tags);
    return grant;
}

}  // namespace

void add_account_options(CLI::App& app, AccountOptions& options) {
    app.add_option("--role", options.role, roles_text);
    app.add_option("--locale", options.locales, "limits that role, but for reading, to this locale; may be repeated")
        ->allow_extra_args(false);
    app.add_option("--grant", options.grants, "ROLE or ROLE:LOCALE,LOCALE: a further role, elsewhere; may be repeated")
        ->allow_extra_args(false);
}

accounts::Grants grants_of(const AccountOptions& options) {
    accounts::Grants grants;
    if (!options.role.empty())
        grants.push_back({.role = role_from(options.role), .locales = tags_of(options.locales)});
    else if (!options.locales.empty())
        throw UsageError("--locale limits a role: add --role, or write --grant ROLE:LOCALE.");
    for (const auto& text : options.grants) grants.push_back(grant_from(text));
    if (grants.empty()) throw UsageError(fmt::format("--role or --grant is needed: {}.", roles_text));
    return grants;
}

std::string grants_text(const accounts::Grants& grants) {
    std::string text;
    for (const auto& grant : grants) {
        text += fmt::format("{}{}", text.empty() ? "" : "; ", name_of(grant.role));
        for (size_t i = 0; i < grant.locales.size(); ++i)
            text += fmt::format("{} {}", i == 0 ? ":" : ",", grant.locales[i].text());
    }
    return text;
}

}  // namespace stele::cli
