#pragma once
// People with accounts, at a clock that only moves when it is told to.
#include "src/accounts/audit.hpp"
#include "src/accounts/links.hpp"
#include "src/accounts/sign_in.hpp"
#include "src/accounts/users.hpp"
#include "tests/support/databases.hpp"

namespace stele::testing {

inline locale::Tag tag(const std::string& text) { return locale::Tag::stored(text); }

inline constexpr std::string_view good = "fire gule elger";
inline const accounts::Visit home{.address = "192.0.2.1", .browser = "Firefox, Linux"};

struct People {
    explicit People(Db& database) : db(database) {}
    Db& db;
    content::ContentTypes types;
    Time now = time_of(1'795'320'000'000'000);
    Store store() {
        return {.db = *db, .types = types, .default_locale = tag("en"), .now = [this] { return now; }};
    }
    void add(const std::string& name, accounts::Grants grants = {{accounts::Role::translator}},
             const std::string& mail = {}) {
        accounts::create_user(store(), {.name = name, .grants = std::move(grants), .mail = mail});
    }
    accounts::Opened choose(const std::string& name, std::string_view password) {
        const auto code = accounts::create_link(store(), name, accounts::Purpose::invitation);
        return accounts::redeem_invitation(store(), code, password, home).value();
    }
    // "" = signed in, else the reason.
    std::string attempt(const std::string& name, std::string_view password, const std::string& address = "192.0.2.1") {
        try {
            accounts::sign_in(store(), "secret", {name, std::string(password)}, {.address = address});
            return {};
        } catch (const Error& error) {
            return std::string(name_of(error.code()));
        }
    }
    bool is_signed_in(const std::string& secret) {
        return db->reading([&](db::Connection& c) { return accounts::find_session(c, secret, now).has_value(); });
    }
    std::int64_t count(const std::string& table) {
        return db
            ->reading([&](db::Connection& c) {
                return c.one("SELECT COUNT(*) FROM " + table, [](db::Row row) { return row.integer(0); });
            })
            .value();
    }
    std::vector<std::string> log(const std::string& kind = {}) {
        std::vector<std::string> kinds;
        for (const auto& entry : accounts::read_log(store(), {.kind = kind, .actor = {}, .before = {}}).entries)
            kinds.push_back(entry.kind);
        return kinds;
    }
};

}  // namespace stele::testing
