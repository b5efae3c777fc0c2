#pragma once
// One-time links: the code of each is kept as a hash, works once and not for long. A new password ends all of them, and
// so does a new mail address, since they went to the old one.
#include <optional>
#include <string>
#include <string_view>

#include "src/accounts/sessions.hpp"
#include "src/mail/outbox.hpp"

namespace stele::accounts {

enum class Purpose {
    sign_in,     // opens a session
    invitation,  // of somebody new, who chooses a password
    reset,       // of somebody who has lost it
};
std::string_view name_of(Purpose purpose);
std::optional<Purpose> purpose_named(std::string_view name);
std::chrono::hours lifetime_of(Purpose purpose);
inline constexpr std::chrono::hours link_lifetime{24};  // of the first

// not_found (reason "user"): unknown or disabled.
std::string create_link(const Store& store, std::string_view name, Purpose purpose, const Actor& by = command_line);
inline std::string create_sign_in_link(const Store& store, std::string_view name, const Actor& by = command_line) {
    return create_link(store, name, Purpose::sign_in, by);
}
// By a letter, which is only enqueued: the link is made when it is sent. False where no letter is taken.
bool send_link(const Store& store, const User& user, Purpose purpose, const mail::Mail& letter, const Actor& by);
// For the letter that goes to `address`. Absent: the account is disabled by now, or has another address.
std::optional<std::string> create_link_of(const Store& store, std::int64_t account_id, Purpose purpose,
                                          std::string_view address);
// Those that were made, and those that letters would make.
void end_links(db::Transaction& t, std::int64_t account_id);

// Uses a link to sign in up. Absent: unknown, used or expired, or its user is disabled.
std::optional<Opened> redeem_link(const Store& store, std::string_view code, const Visit& visit = {});

// Whose password it lets choose; nothing is used up.
struct Invited {
    User user;
    Purpose purpose;
};
std::optional<Invited> find_invited(const Store& store, std::string_view code);
// Sets the password, ends all sessions and links of the account, and signs in. invalid (pointer "/password"); absent
// as above.
std::optional<Opened> redeem_invitation(const Store& store, std::string_view code, std::string_view password,
                                        const Visit& visit);

}  // namespace stele::accounts
