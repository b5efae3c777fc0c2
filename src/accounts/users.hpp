#pragma once
// People: their accounts, the links they sign in by, and the sessions those links open.
#include <chrono>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/accounts/roles.hpp"
#include "src/storage/store.hpp"

namespace stele::accounts {

inline constexpr std::chrono::hours link_lifetime{24};
inline constexpr std::chrono::hours session_lifetime{14 * 24};

struct User {
    std::int64_t id = 0;
    std::string name;  // as it is shown and as revisions name the writer; 1 to 60 letters, digits, '.', '_', '-'
    Grants grants;
    std::optional<locale::Tag> interface_locale{};  // absent = by Accept-Language
    Time created_at{};
    std::optional<Time> disabled_at{};
    std::optional<std::string> mail{};  // in lower case
};

struct NewUser {
    std::string name;
    Grants grants{};
};
// taken (reason "user-name") or invalid (pointer "/name").
User create_user(const Store& store, const NewUser& user);
std::vector<User> list_users(const Store& store);
std::optional<User> find_user(const Store& store, std::string_view name);
// Ends the sessions and links of that user as well. not_found (reason "user").
void disable_user(const Store& store, std::string_view name);
void set_interface_locale(const Store& store, std::int64_t user_id, const std::optional<locale::Tag>& tag);

// The code of a link that signs in once, within link_lifetime. not_found (reason "user"): unknown or disabled.
std::string create_sign_in_link(const Store& store, std::string_view name);

struct Session {
    User user;
    std::string csrf;  // what a form or X-CSRF-Token must repeat
    Time expires_at{};
    Known known() const { return {.name = user.name, .grants = user.grants}; }
};
struct Opened {
    std::string secret;  // the cookie's value
    Session session;
};
// Uses the link up. Absent: unknown, used or expired, or its user is disabled.
std::optional<Opened> redeem_link(const Store& store, std::string_view code);
std::optional<Session> find_session(const Store& store, std::string_view secret);
// The same inside a transaction; `now` is when the request began.
std::optional<Session> find_session(db::Connection& c, std::string_view secret, Time now);
void end_session(const Store& store, std::string_view secret);
// Sessions and links that expired more than an hour ago are removed; called now and then.
void forget_expired(const Store& store);

}  // namespace stele::accounts
