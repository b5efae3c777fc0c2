#pragma once
// Access tokens for scripts and other programs: `Authorization: Bearer stele_…`.
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/accounts/roles.hpp"
#include "src/storage/store.hpp"

namespace stele::accounts {

struct NewToken {
    std::string name{};  // for the list and the history ("token:NAME"); empty = one made of the role and a number
    Grants grants{};
    std::optional<Time> expires_at{};
};
struct Token {
    std::string name;
    Grants grants;
    Time created_at{};
    std::optional<Time> expires_at, revoked_at;
};

// The secret, which cannot be read again. taken (reason "token-name"): a token that is not revoked has that name.
std::string create_token(const Store& store, const NewToken& token);
// By the secret; absent when it is unknown, expired or revoked.
std::optional<Known> find_token(const Store& store, std::string_view secret);
// The same inside a transaction; `now` is when the request began.
std::optional<Known> find_token(db::Connection& c, std::string_view secret, Time now);
std::vector<Token> list_tokens(const Store& store);
// not_found (reason "token"): none of that name is in force.
void revoke_token(const Store& store, std::string_view name);

}  // namespace stele::accounts
