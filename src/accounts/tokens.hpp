#pragma once
// Access tokens for scripts and other programs: `Authorization: Bearer stele_…`.
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "src/accounts/audit.hpp"
#include "src/accounts/roles.hpp"
#include "src/storage/store.hpp"

namespace stele::accounts {

struct NewToken {
    std::string name{};  // for the list and the history ("token:NAME"); empty = one made of the role and a number
    Grants grants{};
    std::optional<Time> expires_at{};
};
struct Token {
    std::int64_t id = 0;
    std::string name;
    Grants grants;
    Time created_at{};
    std::optional<std::string> created_by{};
    std::optional<Time> expires_at{}, revoked_at{};
    std::optional<Time> seen_at{};  // coarse (sessions.hpp, Sightings)
    bool in_force(Time now) const { return !revoked_at && (!expires_at || *expires_at > now); }
};

// What is wrong with such a name, that a token in force has it included; at "/name".
FieldErrors token_mistakes(const Store& store, const std::string& name);
// The secret, which cannot be read again. taken (reason "token-name"): a token in force has that name. invalid
// (pointer "/name").
std::string create_token(const Store& store, const NewToken& token, const Actor& by = command_line);
// By the secret, where it is in force; `now` is when the request began.
struct Bearer {
    Known known;
    std::optional<Time> seen_at;
};
std::optional<Bearer> find_token(db::Connection& c, std::string_view secret, Time now);
// The newest first, those before the number `before`.
std::vector<Token> list_tokens(const Store& store, std::int64_t before = std::numeric_limits<std::int64_t>::max(),
                               int limit = std::numeric_limits<int>::max());
// The number of the one in force that has this name.
std::optional<std::int64_t> find_token_named(const Store& store, std::string_view name);
// not_found (reason "token"): none of that name is in force.
void revoke_token(const Store& store, std::string_view name, const Actor& by = command_line);

}  // namespace stele::accounts
