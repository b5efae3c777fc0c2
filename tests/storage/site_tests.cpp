#include <boost/test/unit_test.hpp>
#include <future>

#include "src/base/error.hpp"
#include "src/storage/cursor.hpp"
#include "tests/storage/work_site.hpp"

using namespace stele;
using stele::testing::tag;
using stele::testing::WorkSite;

namespace {

bool is(const Error& e, ErrorCode code) { return e.code() == code; }

std::int64_t site_version(db::Database& db) {
    return db.reading([](db::Connection& c) { return storage::read_site(c, tag("en"))->version; });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(the_site)

STELE_ON_BOTH_DATABASES(the_default_locale_is_in_force_from_the_start) {
    WorkSite site(db, {"nb"});
    const auto version = site.site().version;
    worklist::ensure_default_locale(site.store);
    BOOST_TEST(site.site().version == version);
    BOOST_REQUIRE(site.site().find_enabled(tag("nb")));
    BOOST_TEST(!worklist::needs_filling(site.store));
}

STELE_ON_BOTH_DATABASES(a_site_is_read_once_for_each_configuration) {
    WorkSite site(db);
    const auto read = [&] { return db->reading([&](db::Connection& c) { return storage::read_site(c, tag("en")); }); };
    const auto first = read();
    BOOST_TEST(read().get() == first.get());
    site.enable("da");
    BOOST_TEST(read().get() != first.get());
    BOOST_TEST(read()->find_enabled(tag("da")) != nullptr);
}

STELE_ON_BOTH_DATABASES(two_databases_in_one_process_are_not_confused) {
    WorkSite site(db, {"en", "nb"});
    testing::Db other(db.dialect());
    WorkSite second(other, {"en", "da"});
    BOOST_TEST(site_version(db) == site_version(other));
    const auto read = [](db::Database& d) {
        return d.reading([](db::Connection& c) { return storage::read_site(c, tag("en")); });
    };
    BOOST_TEST(read(db)->find_enabled(tag("nb")));
    BOOST_TEST(!read(other)->find_enabled(tag("nb")));
    BOOST_TEST(read(other)->find_enabled(tag("da")));
}

STELE_ON_BOTH_DATABASES(locales_are_kept_as_they_are) {
    const storage::SiteLocale l{.tag = tag("nn"),
                                .wanted = false,
                                .fallback = std::vector{tag("nb"), tag("zh-Hant-TW")},
                                .position = 4,
                                .version = 7,
                                .active = storage::Generation{12, {tag("nn"), tag("en")}},
                                .next = storage::Generation{15, {tag("nn"), tag("nb"), tag("en")}},
                                .fingerprint = "ICU",
                                .filled_to = 300};
    auto none = l;
    none.tag = tag("se");
    none.fallback = std::vector<locale::Tag>();
    none.active = none.next = std::nullopt;
    db->write([&](db::Transaction& t) {
        storage::upsert_locale(t, l, time_of(1));
        storage::upsert_locale(t, none, time_of(1));
    });
    const auto site = db->reading([](db::Connection& c) { return *storage::read_site_uncached(c, tag("en")); });
    BOOST_REQUIRE(site.locales.size() == 2u);
    BOOST_TEST((*site.find(tag("nn")) == l));
    none.filled_to = 300;
    BOOST_TEST((*site.find(tag("se")) == none));
    BOOST_TEST(site.enabled().front().enabled);
    BOOST_TEST(!site.enabled().back().enabled);
}

STELE_ON_BOTH_DATABASES(a_write_notices_that_the_locales_have_changed) {
    WorkSite site(db);
    const auto version = site_version(db);
    const auto hold = [&] { return db->writing([&](db::Transaction& t) { return storage::hold_site(t, version); }); };
    BOOST_TEST(hold());
    site.enable("da");
    BOOST_TEST(!hold());
}

STELE_ON_BOTH_DATABASES(a_change_of_the_locales_that_fails_leaves_nothing_behind) {
    WorkSite site(db);
    const auto before = site.site();
    const auto fail = [&] {
        db->write([](db::Transaction& t) {
            storage::change_site(t);
            throw Error(ErrorCode::conflict);
        });
    };
    BOOST_CHECK_THROW(fail(), Error);
    BOOST_TEST(site.site().version == before.version);
    BOOST_TEST(site_version(db) == before.version);
}

// On SQLite there is one writer at a time anyway.
BOOST_AUTO_TEST_CASE(a_change_of_the_locales_waits_for_the_writes_in_flight,
                     *boost::unit_test::precondition(testing::Selected{db::Dialect::postgres})) {
    testing::Db db(db::Dialect::postgres);
    WorkSite site(db);
    const auto version = site_version(db);
    std::promise<void> held;
    std::vector<std::string> order;
    std::mutex mutex;
    const auto note = [&](const char* what) {
        const std::lock_guard lock(mutex);
        order.emplace_back(what);
    };
    auto writer = std::async(std::launch::async, [&] {
        db->write([&](db::Transaction& t) {
            BOOST_TEST(storage::hold_site(t, version));
            held.set_value();
            const auto waiting = [&] {
                return t->one(
                    "SELECT COUNT(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted AND database = "
                    "(SELECT oid FROM pg_database WHERE datname = current_database())",
                    [](const db::Row& r) { return r.integer(0); });
            };
            while (waiting() == 0) std::this_thread::yield();
            note("written");
        });
    });
    held.get_future().wait();
    db->write([&](db::Transaction& t) {
        storage::change_site(t);
        note("changed");
    });
    writer.get();
    BOOST_TEST(order == (std::vector<std::string>{"written", "changed"}), boost::test_tools::per_element());
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(cursors)

BOOST_AUTO_TEST_CASE(a_cursor_comes_back_as_it_was) {
    const storage::Cursor cursor{42, std::string("\x00\xff\x7fkey", 6), 9'000'000'000};
    const auto text = storage::to_text(cursor, "list");
    BOOST_TEST(text.find_first_not_of("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
               std::string::npos);
    const auto back = storage::cursor_from(text, "list", 42);
    BOOST_TEST(back.key == cursor.key);
    BOOST_TEST(back.id == cursor.id);
    BOOST_TEST(back.generation == 42);
}

BOOST_AUTO_TEST_CASE(the_longest_key_fits) {
    const storage::Cursor cursor{1, std::string(1024, '\xee'), 1};
    BOOST_TEST(storage::cursor_from(storage::to_text(cursor, ""), "", 1).key == cursor.key);
}

BOOST_AUTO_TEST_CASE(junk_and_the_cursor_of_another_list_are_refused) {
    const auto text = storage::to_text({42, "key", 7}, "list");
    const auto refused = [](const std::string& cursor, std::string_view query) {
        BOOST_CHECK_EXCEPTION(storage::cursor_from(cursor, query, 42), Error,
                              [](const Error& e) { return is(e, ErrorCode::malformed) && e.reason() == "cursor"; });
    };
    refused(text, "another");
    for (const auto* junk : {"", "x", "====", "not base64!", "AAAA"}) refused(junk, "list");
    refused(text + "A", "list");
    refused(text + "=", "list");
    refused(std::string(100'000, 'A'), "list");
    for (size_t i = 0; i < text.size(); ++i) {
        auto changed = text;
        changed[i] = changed[i] == 'A' ? 'B' : 'A';
        refused(changed, "list");
        refused(text.substr(0, i), "list");
    }
}

BOOST_AUTO_TEST_CASE(a_cursor_of_an_order_that_was_rebuilt_has_expired) {
    BOOST_CHECK_EXCEPTION(storage::cursor_from(storage::to_text({41, "key", 7}, "list"), "list", 42), Error,
                          [](const Error& e) { return is(e, ErrorCode::cursor_expired); });
}

BOOST_AUTO_TEST_SUITE_END()
