#pragma once
// People: their accounts, and what each may do.
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/accounts/audit.hpp"
#include "src/accounts/roles.hpp"
#include "src/storage/store.hpp"

namespace stele::accounts {

struct User {
    std::int64_t id = 0;
    std::string name;  // as it is shown and as revisions name the writer (names.hpp)
    Grants grants;
    std::optional<locale::Tag> interface_locale{};  // absent = by Accept-Language
    Time created_at{};
    std::optional<Time> disabled_at{};
    std::optional<std::string> mail{};  // in lower case
    std::optional<Time> password_at{};  // when it was chosen; absent = signs in by links alone
};

struct NewUser {
    std::string name;
    Grants grants{};
    std::string mail{};  // "" = none
};
// What is wrong with its name and mail address, who has them already included; at "/name" and "/mail".
FieldErrors user_mistakes(const Store& store, const NewUser& user);
FieldErrors mail_mistakes(std::string_view address);
// Throws all of these at once: taken (reasons "user-name", "user-mail") where nothing else is wrong, else invalid.
User create_user(const Store& store, const NewUser& user, const Actor& by = command_line);
// The keys of all names as names.hpp makes them: after migrations, since SQL folds letters of ASCII alone, and after
// another ICU. Of two that have become one, the earlier account has the name; the other signs in by its mail address.
void renew_name_keys(db::Database& database);
// By number, those after `after`.
std::vector<User> list_users(const Store& store, std::int64_t after = 0, int limit = std::numeric_limits<int>::max());
// By name, those whose name begins with `q`, in any case of its letters; those after the name `after`.
struct NameQuery {
    std::string q{}, after{};
    int limit = 50;
};
std::vector<User> list_by_name(const Store& store, const NameQuery& query);
// In any case of its letters.
std::optional<User> find_user(const Store& store, std::string_view name);
std::optional<User> find_user(db::Connection& c, std::int64_t id);
// The same of those who are not disabled.
std::vector<User> list_named(db::Connection& c, std::string_view q, std::string_view after, int limit);
// By name, or by mail address where there is an '@', which no name has.
std::optional<User> find_user_called(db::Connection& c, std::string_view name_or_mail);
// Those who are not disabled and may do that in `locale`.
std::vector<User> users_who_can(db::Connection& c, Action action, const std::optional<locale::Tag>& locale);
// Somebody to sign in as where the server is set up: may administer the whole site, is not disabled.
std::optional<User> first_administrator(const Store& store);

// Who is disabled, or may not translate into a language any more, has no work there any more either.
//
// All of these: not_found (reason "user"). Nobody takes away from themselves what only others could give back:
// conflict (reason "own-account") where `by` is the account, and would not administer the site any more.
//
// `seen`: stored_grants() of what was shown to whoever changes them. version_conflict (reason "grants-moved") where
// they are others by now.
void change_grants(const Store& store, std::string_view name, const Grants& grants, const Actor& by = command_line,
                   const std::optional<std::string>& seen = {});
// Ends the sessions and links of that user as well, and drops the letters to it.
void disable_user(const Store& store, std::string_view name, const Actor& by = command_line);
void enable_user(const Store& store, std::string_view name, const Actor& by = command_line);
// "" = none. taken (reason "user-mail") or invalid (pointer "/mail").
void set_mail(const Store& store, std::string_view name, std::string_view mail, const Actor& by = command_line);
void set_interface_locale(const Store& store, std::int64_t user_id, const std::optional<locale::Tag>& tag);

}  // namespace stele::accounts
