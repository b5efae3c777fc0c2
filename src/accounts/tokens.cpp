#include "src/accounts/tokens.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "src/accounts/secrets.hpp"
#include "src/locale/text.hpp"

namespace stele::accounts {
namespace {

constexpr std::string_view prefix = "stele_";
constexpr std::int64_t max_name_chars = 60;

#define TOKEN_COLUMNS "id, name, grants, created_at, created_by, expires_at, revoked_at, seen_at"

std::optional<Time> optional_time(const std::optional<std::int64_t>& us) {
    return us ? std::optional(time_of(*us)) : std::nullopt;
}

Token token_from(db::Row row) {
    return {.id = row.integer(0),
            .name = row.text(1),
            .grants = grants_from(row.text_view(2)),
            .created_at = time_of(row.integer(3)),
            .created_by = row.optional_text(4),
            .expires_at = optional_time(row.optional_integer(5)),
            .revoked_at = optional_time(row.optional_integer(6)),
            .seen_at = optional_time(row.optional_integer(7))};
}

std::vector<Token> tokens_named(db::Connection& c, std::string_view name) {
    return c.all("SELECT " TOKEN_COLUMNS " FROM token WHERE name = $1", token_from, name);
}

// "editor", "editor-2", "editor-3" …: the first that no token has.
std::string free_name(db::Connection& c, Role role) {
    for (int n = 1;; ++n) {
        std::string name = n == 1 ? std::string(name_of(role)) : fmt::format("{}-{}", name_of(role), n);
        if (tokens_named(c, name).empty()) return name;
    }
}

FieldErrors name_mistakes(std::string_view name) {
    if (!locale::is_utf8(name) || name.find_first_of("\r\n\t") != std::string_view::npos)
        return {{"/name", "field.token-name", {}}};
    if (std::int64_t(locale::count_chars(name)) > max_name_chars)
        return {{"/name", "field.too-long", {{"max", max_name_chars}}}};
    return {};
}

// No unique index: a revoked token keeps its name in the history, and a later one may have it again.
bool is_in_force(db::Connection& c, std::string_view name, Time now) {
    return std::ranges::any_of(tokens_named(c, name), [&](const Token& token) { return token.in_force(now); });
}

const FieldError name_taken{"/name", "field.name-taken", {}};

}  // namespace

FieldErrors token_mistakes(const Store& store, const std::string& name) {
    if (auto mistakes = name_mistakes(name); !mistakes.empty()) return mistakes;
    const Time now = store.now();
    const bool taken = store.db.reading([&](db::Connection& c) { return is_in_force(c, name, now); });
    return taken ? FieldErrors{name_taken} : FieldErrors();
}

std::string create_token(const Store& store, const NewToken& token, const Actor& by) {
    throw_if_any(name_mistakes(token.name));
    std::string secret = make_secret(prefix);
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        const std::string name = token.name.empty() ? free_name(*t, leading_role(token.grants)) : token.name;
        if (is_in_force(*t, name, now)) throw Error(ErrorCode::taken, "token-name", {{"name", name}}, {name_taken});
        t->run(
            "INSERT INTO token (hash, name, grants, created_at, created_by, expires_at) "
            "VALUES ($1, $2, $3, $4, $5, $6)",
            hash_of(secret), name, stored_grants(token.grants), now, by, token.expires_at);
        note(t, now, "token-created", by, {{"token", name}, {"grants", stored_grants(token.grants)}});
    });
    return secret;
}

std::optional<Bearer> find_token(db::Connection& c, std::string_view secret, Time now) {
    if (!secret.starts_with(prefix)) return std::nullopt;
    const auto token = c.one("SELECT " TOKEN_COLUMNS " FROM token WHERE hash = $1", token_from, hash_of(secret));
    if (!token || !token->in_force(now)) return std::nullopt;
    return Bearer{.known = {.name = "token:" + token->name, .grants = token->grants}, .seen_at = token->seen_at};
}

std::vector<Token> list_tokens(const Store& store, std::int64_t before, int limit) {
    return store.db.reading([&](db::Connection& c) {
        return c.all("SELECT " TOKEN_COLUMNS " FROM token WHERE id < $1 ORDER BY id DESC LIMIT $2", token_from, before,
                     std::int64_t{limit});
    });
}

std::optional<std::int64_t> find_token_named(const Store& store, std::string_view name) {
    const Time now = store.now();
    for (const auto& token : store.db.reading([&](db::Connection& c) { return tokens_named(c, name); }))
        if (token.in_force(now)) return token.id;
    return std::nullopt;
}

void revoke_token(const Store& store, std::string_view name, const Actor& by) {
    const Time now = store.now();
    store.db.write([&](db::Transaction& t) {
        const auto revoked =
            t->run("UPDATE token SET revoked_at = $1 WHERE name = $2 AND revoked_at IS NULL", now, name);
        if (revoked == 0) throw Error(ErrorCode::not_found, "token", {{"name", std::string(name)}});
        note(t, now, "token-revoked", by, {{"token", name}});
    });
}

}  // namespace stele::accounts
