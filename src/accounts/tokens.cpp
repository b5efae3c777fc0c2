#include "src/accounts/tokens.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "src/accounts/secrets.hpp"

namespace stele::accounts {
namespace {

constexpr std::string_view prefix = "stele_";

std::optional<Time> optional_time(const std::optional<std::int64_t>& us) {
    return us ? std::optional(time_of(*us)) : std::nullopt;
}

Token token_from(db::Row row) {
    return {.name = row.text(0),
            .grants = grants_from(row.text(1)),
            .created_at = time_of(row.integer(2)),
            .expires_at = optional_time(row.optional_integer(3)),
            .revoked_at = optional_time(row.optional_integer(4))};
}

bool in_force(const Token& token, Time now) {
    return !token.revoked_at && (!token.expires_at || *token.expires_at > now);
}

std::vector<Token> read_tokens(db::Connection& c) {
    auto tokens = c.all("SELECT name, grants, created_at, expires_at, revoked_at FROM token", token_from);
    std::sort(tokens.begin(), tokens.end(), [](const Token& a, const Token& b) {
        return std::tie(a.created_at, a.name) < std::tie(b.created_at, b.name);
    });
    return tokens;
}

// "editor", "editor-2", "editor-3" …: the first that no token has.
std::string free_name(const std::vector<Token>& tokens, Role role) {
    for (int n = 1;; ++n) {
        std::string name = n == 1 ? std::string(name_of(role)) : fmt::format("{}-{}", name_of(role), n);
        if (std::none_of(tokens.begin(), tokens.end(), [&](const Token& t) { return t.name == name; })) return name;
    }
}

}  // namespace

std::string create_token(const Store& store, const NewToken& token) {
    std::string secret = make_secret(prefix);
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        const auto tokens = read_tokens(*t);
        const std::string name = token.name.empty() ? free_name(tokens, leading_role(token.grants)) : token.name;
        // No unique index: a revoked token keeps its name in the history, and a later one may have it again.
        for (const auto& other : tokens)
            if (other.name == name && in_force(other, now))
                throw Error(ErrorCode::taken, "token-name", {{"name", name}});
        t->run("INSERT INTO token (hash, name, grants, created_at, expires_at) VALUES ($1, $2, $3, $4, $5)",
               hash_of(secret), name, stored_grants(token.grants), now, token.expires_at);
    });
    return secret;
}

std::optional<Known> find_token(const Store& store, std::string_view secret) {
    if (!secret.starts_with(prefix)) return std::nullopt;
    const Time now = store.now();
    return store.db.reading([&](db::Connection& c) { return find_token(c, secret, now); });
}

std::optional<Known> find_token(db::Connection& c, std::string_view secret, Time now) {
    const auto token = c.one("SELECT name, grants, created_at, expires_at, revoked_at FROM token WHERE hash = $1",
                             token_from, hash_of(secret));
    if (!token || !in_force(*token, now)) return std::nullopt;
    return Known{.name = "token:" + token->name, .grants = token->grants};
}

std::vector<Token> list_tokens(const Store& store) {
    return store.db.reading([](db::Connection& c) { return read_tokens(c); });
}

void revoke_token(const Store& store, std::string_view name) {
    const auto revoked = store.db.writing([&](db::Transaction& t) {
        return t->run("UPDATE token SET revoked_at = $1 WHERE name = $2 AND revoked_at IS NULL", store.now(), name);
    });
    if (revoked == 0) throw Error(ErrorCode::not_found, "token", {{"name", std::string(name)}});
}

}  // namespace stele::accounts
