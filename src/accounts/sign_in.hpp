#pragma once
// Signing in by password, and changing it. Guessing is slowed down by throttle.hpp, alike for names that nobody has,
// and each try costs the same work.
#include <functional>
#include <string>

#include "src/accounts/links.hpp"
#include "src/mail/outbox.hpp"

namespace stele::accounts {

struct Credentials {
    std::string name;  // or the mail address
    std::string password;
};
// `secret`: the server's, for throttling. Throws unauthenticated (reason "sign-in"), whatever was wrong;
// too_many_requests (reason "sign-in", parameters "minutes" and "seconds": when to try again); overloaded.
Opened sign_in(const Store& store, std::string_view secret, const Credentials& credentials, const Visit& visit);

// Of the session of `but_secret`, which stays while all others end, as do all links. `old` is compared where the
// account has a password. invalid (pointers "/old" and "/password"); throttled like signing in.
struct NewPassword {
    std::string old, password;
};
void change_password(const Store& store, std::string_view secret, const User& user, const NewPassword& passwords,
                     std::string_view but_secret, const Visit& visit);
// An address is where a new password goes, so it takes the old one. invalid (pointers "/mail_old" and "/mail"); taken
// as set_mail says, which is told only to whoever knows the password; throttled like signing in.
struct NewMail {
    std::string old_password, address;
};
void change_mail(const Store& store, std::string_view secret, const User& user, const NewMail& mail,
                 const Visit& visit);

// A letter with a link to a new password, where the name or address is known and has an address. Nobody is told which
// it was. `letter` gives its words in the account's language. too_many_requests for an address that asks too often.
void request_reset(const Store& store, std::string_view secret, std::string_view name, const Visit& visit,
                   const std::function<mail::Mail(const User&)>& letter);

}  // namespace stele::accounts
