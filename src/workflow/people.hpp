#pragma once
// Those who take part: accounts as the workflow meets them.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/accounts/roles.hpp"
#include "src/accounts/users.hpp"
#include "src/storage/store.hpp"

namespace stele::workflow {

struct Person {
    std::int64_t account = 0;
    accounts::Known known;
    std::optional<std::string> mail;
    std::optional<locale::Tag> interface_locale;
};

Person person_of(const accounts::User& user);

// Accounts that are not disabled.
std::vector<Person> list_people(const Store& store);
// By name, in any case of its letters; absent: there is no such account, or it is disabled.
std::optional<Person> find_person(const Store& store, std::string_view name);
std::optional<Person> find_person(db::Connection& c, std::string_view name);
std::optional<Person> find_person(const std::vector<Person>& people, std::string_view name);
std::vector<Person> find_people(const Store& store, const std::vector<std::string>& names);

// Of whoever signs or is called so, where that is an account that is not disabled.
std::optional<std::int64_t> find_account(db::Connection& c, const Actor& actor);

// Whoever signs so now. What somebody asked for a later time happens with the rights that they have then; of a token
// its id is kept until then (token_of), since one that is revoked leaves its name to others.
accounts::Caller find_caller(const Store& store, const Actor& actor, std::optional<std::int64_t> token);
// The token in force that signs so; absent for accounts.
std::optional<std::int64_t> token_of(const Store& store, const Actor& actor);

// The names after '@' in a text: "@kari", each once, the first 50.
std::vector<std::string> mentioned_in(std::string_view text);

}  // namespace stele::workflow
