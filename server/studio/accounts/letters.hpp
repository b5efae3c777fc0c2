#pragma once
// The words of letters about accounts. Each has a link that is made when the letter is sent.
#include "server/call.hpp"
#include "src/accounts/links.hpp"
#include "src/mail/outbox.hpp"

namespace stele::studio {

// In the language of who invites: that of the invited is not known yet.
mail::Mail invitation_letter(const App& app, const Call& call, const accounts::User& user);
// In the account's language, where it has one.
mail::Mail reset_letter(const App& app, const Call& call, const accounts::User& user);

}  // namespace stele::studio
