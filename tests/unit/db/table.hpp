#pragma once
// One small table for the tests of src/db, and short words for common checks.
#include "tests/support/databases.hpp"

namespace stele::testing {

inline void make_table(db::Database& database) {
    database.write([](db::Transaction& t) {
        for (const auto& sql : db::statements_of("CREATE TABLE item (\n"
                                                 "    id @id@, n @int@, r DOUBLE PRECISION, t @text@, b @bytes@\n"
                                                 ");",
                                                 t->dialect()))
            t->run(sql);
    });
}

inline std::int64_t count_items(db::Database& database) {
    return database.reading(
        [](db::Connection& c) { return *c.one("SELECT COUNT(*) FROM item", [](db::Row r) { return r.integer(0); }); });
}

inline void add_item(db::Database& database, std::int64_t id) {
    database.write([&](db::Transaction& t) { t->run("INSERT INTO item (id) VALUES ($1)", id); });
}

inline auto has_code(ErrorCode code, std::string reason) {
    return [code, reason = std::move(reason)](const Error& error) {
        BOOST_TEST_INFO(error.what());
        BOOST_TEST(name_of(error.code()) == name_of(code));
        BOOST_TEST(error.reason() == reason);
        return error.code() == code && error.reason() == reason;
    };
}

}  // namespace stele::testing
