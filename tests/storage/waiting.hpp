#pragma once
// On PostgreSQL: to go on when somebody else has come to wait, without knowing how long that takes.
#include <string>

#include "tests/support/databases.hpp"

namespace stele::testing {

// Until `sql`, a COUNT, finds something. Fails after half a minute or more.
inline void wait_until(db::Connection& c, const std::string& sql) {
    for (int looks = 15'000; looks > 0; --looks) {
        if (c.one(sql, [](db::Row row) { return row.integer(0); }).value_or(0) > 0) return;
        c.query("SELECT 1 FROM pg_sleep(0.002)", {}, [](db::Row) {});
    }
    throw Error(ErrorCode::internal, "nobody-waits");
}

}  // namespace stele::testing
