#include <limits>

#include "tests/unit/db/table.hpp"

using namespace stele;
using stele::testing::make_table;

BOOST_AUTO_TEST_SUITE(values)

namespace {

template <class T, class Read>
auto round_trip(db::Database& db, const char* column, const T& value, Read read) {
    db.write([&](db::Transaction& t) { t->run(std::string("INSERT INTO item (") + column + ") VALUES ($1)", value); });
    return db.reading([&](db::Connection& c) {
        return *c.one(std::string("SELECT ") + column + " FROM item ORDER BY id DESC LIMIT 1", read);
    });
}

}  // namespace

STELE_ON_BOTH_EMPTY_DATABASES(integers_keep_all_64_bits) {
    make_table(db);
    for (const std::int64_t n : {std::int64_t{0}, std::int64_t{-1}, std::int64_t{1'764'000'000'000'000},
                                 std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max()})
        BOOST_TEST(round_trip(db, "n", n, [](db::Row r) { return r.integer(0); }) == n);
}

STELE_ON_BOTH_EMPTY_DATABASES(booleans_enums_and_times_are_integers) {
    make_table(db);
    const auto integer = [](db::Row r) { return r.integer(0); };
    BOOST_TEST(round_trip(db, "n", true, integer) == 1);
    BOOST_TEST(round_trip(db, "n", ArticleId{17}, integer) == 17);
    BOOST_TEST(round_trip(db, "n", time_of(1'764'000'000'000'001), integer) == 1'764'000'000'000'001);
}

STELE_ON_BOTH_EMPTY_DATABASES(reals_keep_all_bits) {
    make_table(db);
    for (const double r : {0.1, -1.0 / 3, 1e300, 5e-324, 2.0})
        BOOST_TEST(round_trip(db, "r", r, [](db::Row row) { return row.real(0); }) == r);
}

STELE_ON_BOTH_EMPTY_DATABASES(text_keeps_every_character) {
    make_table(db);
    for (const std::string text :
         {"", "Bodø", "\xf0\x9f\xaa\xa8 stone", "\xd8\xb3\xd9\x84\xd8\xa7\xd9\x85", "'; --\\ $1 \n\r\t"})
        BOOST_TEST(round_trip(db, "t", text, [](db::Row r) { return r.text(0); }) == text);
    const std::string large(3'000'000, 'x');
    BOOST_TEST((round_trip(db, "t", large, [](db::Row r) { return r.text(0); }) == large));
}

STELE_ON_BOTH_EMPTY_DATABASES(bytes_keep_every_byte) {
    make_table(db);
    std::string all;
    for (int i = 0; i < 256; ++i) all += static_cast<char>(i);
    for (const auto& bytes : {std::string(), std::string(1, '\0'), all, std::string(2'000'000, '\xff')})
        BOOST_TEST((round_trip(db, "b", db::Bytes{bytes}, [](db::Row r) { return r.bytes(0); }) == bytes));
}

STELE_ON_BOTH_EMPTY_DATABASES(null_is_neither_empty_text_nor_empty_bytes) {
    make_table(db);
    const auto is_null = [](db::Row r) { return r.is_null(0); };
    BOOST_TEST(round_trip(db, "t", db::Null{}, is_null));
    BOOST_TEST(round_trip(db, "t", std::optional<std::string>(), is_null));
    BOOST_TEST(!round_trip(db, "t", "", is_null));
    BOOST_TEST(round_trip(db, "b", std::optional<db::Bytes>(), is_null));
    BOOST_TEST(!round_trip(db, "b", db::Bytes{}, is_null));
    BOOST_TEST((round_trip(db, "n", std::optional<std::int64_t>(), [](db::Row r) { return r.optional_integer(0); }) ==
                std::nullopt));
    BOOST_TEST((round_trip(db, "t", std::optional<std::string>("a"), [](db::Row r) { return r.optional_text(0); }) ==
                std::optional<std::string>("a")));
}

// The same text is prepared once for its values' types; a NULL first must not settle the type wrongly.
STELE_ON_BOTH_EMPTY_DATABASES(a_null_may_come_first_and_between) {
    make_table(db);
    for (const std::optional<std::int64_t> n : {std::optional<std::int64_t>(), std::optional<std::int64_t>(1ll << 40),
                                                std::optional<std::int64_t>(), std::optional<std::int64_t>(7)}) {
        const auto back = db->reading([&](db::Connection& c) {
            return *c.one(
                "SELECT COALESCE($1, 0) + 1", [](db::Row r) { return r.integer(0); }, n);
        });
        BOOST_TEST(back == n.value_or(0) + 1);
    }
}

STELE_ON_BOTH_EMPTY_DATABASES(parameters_go_by_number_and_may_repeat) {
    make_table(db);
    db->write([](db::Transaction& t) {
        t->run("INSERT INTO item (t, n, b) VALUES ($3, $1, $2)", 5, db::Bytes{"bytes"}, "text");
        BOOST_TEST(t->run("UPDATE item SET n = n + $2 WHERE n = $1 AND $1 = 5", 5, 1ll << 40) == 1);
        const auto row = t->one(
            "SELECT n, t, b FROM item WHERE t = $1 AND ($2 = 0 OR n > $2)",
            [](db::Row r) { return std::make_tuple(r.integer(0), r.text(1), r.bytes(2)); }, "text", 1ll << 40);
        BOOST_TEST((row == std::make_tuple((1ll << 40) + 5, std::string("text"), std::string("bytes"))));
    });
}

STELE_ON_BOTH_EMPTY_DATABASES(what_is_computed_has_a_value_too) {
    make_table(db);
    db->write([](db::Transaction& t) {
        for (const std::int64_t n : {1ll << 61, -10'001ll, 10'000ll, 0ll})
            t->run("INSERT INTO item (n) VALUES ($1)", n);
        const auto integer = [](db::Row r) { return r.integer(0); };
        BOOST_TEST(*t->one("SELECT SUM(n) FROM item", integer) == (1ll << 61) - 1);
        BOOST_TEST(*t->one("SELECT SUM(n) FROM item WHERE n < $1", integer, 0) == -10'001);
        BOOST_TEST(*t->one("SELECT SUM(n) FROM item WHERE n = $1", integer, 10'000) == 10'000);
        BOOST_TEST(*t->one("SELECT COUNT(*) FROM item", integer) == 4);
        BOOST_TEST(*t->one("SELECT n = $1 FROM item WHERE n = 0", integer, 0) == 1);
        BOOST_TEST(*t->one(
                       "SELECT AVG(n) FROM item WHERE n < $1", [](db::Row r) { return r.real(0); }, 10'000) == -5000.5);
        BOOST_TEST(*t->one(
                       "SELECT $1", [](db::Row r) { return r.text(0); }, "alone") == "alone");
    });
}

STELE_ON_BOTH_EMPTY_DATABASES(a_column_of_another_type_is_a_fault_of_ours) {
    const auto read = [&](auto take) {
        db->read([&](db::Connection& c) { c.query("SELECT 1, 'text', NULL", {}, [&](db::Row r) { take(r); }); });
    };
    const auto is_column = testing::has_code(ErrorCode::internal, "column");
    BOOST_CHECK_EXCEPTION(read([](db::Row r) { r.text(0); }), Error, is_column);
    BOOST_CHECK_EXCEPTION(read([](db::Row r) { r.integer(1); }), Error, is_column);
    BOOST_CHECK_EXCEPTION(read([](db::Row r) { r.bytes(1); }), Error, is_column);
    BOOST_CHECK_EXCEPTION(read([](db::Row r) { r.integer(2); }), Error, is_column);
    BOOST_CHECK_EXCEPTION(read([](db::Row r) { r.text_view(2); }), Error, is_column);
    BOOST_CHECK_EXCEPTION(read([](db::Row r) { r.integer(3); }), Error, is_column);
    read([](db::Row r) { BOOST_TEST(r.real(0) == 1.0); });
}

BOOST_AUTO_TEST_SUITE_END()
