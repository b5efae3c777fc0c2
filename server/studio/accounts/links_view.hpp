#pragma once
// One's own part of the settings of accounts: a link for somebody, and the page of that account.
#include <optional>

#include "server/call.hpp"
#include "server/studio/accounts/grants_form.hpp"
#include "src/accounts/links.hpp"

namespace stele::studio {

std::string user_path(std::string_view name);

// By mail where that is possible, and back to the account; else on the account's page, once.
http::Response hand_over_link(App& app, const Call& call, const accounts::User& user, accounts::Purpose purpose);

struct UserPage {
    std::string link{};  // "" = none to show
    std::string notice{};
    std::optional<GrantRows> grants{};  // as they were sent
    std::optional<std::string> mail{};  // as it was sent
    const Error* error = nullptr;
};
http::Response user_page(App& app, const Call& call, const accounts::User& user, const UserPage& shown);

}  // namespace stele::studio
