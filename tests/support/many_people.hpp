#pragma once
#include <functional>

#include "src/accounts/names.hpp"
#include "src/accounts/roles.hpp"

namespace stele::testing {

// P1000, P1001 and so on, in one transaction.
inline void add_people(db::Database& database, int count, const std::function<accounts::Grants(int)>& grants_of) {
    database.write([&](db::Transaction& t) {
        for (int i = 0; i < count; ++i) {
            const auto name = "P" + std::to_string(1'000 + i);
            t->run("INSERT INTO account (name, name_key, grants, created_at) VALUES ($1, $2, $3, 1)", name,
                   accounts::name_key(name), accounts::stored_grants(grants_of(i)));
        }
    });
}

}  // namespace stele::testing
