// A disk that takes no writes, as the system calls of SQLite tell it: full, read-only, broken. Everything that a person
// or a program may see of it, without the rights that a real such disk needs.
#include <cerrno>

#include "tests/api/studio_person.hpp"
#include "tests/faults/expect.hpp"
#include "tests/faults/failing_calls.hpp"
#include "tests/faults/live_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

using Failing = FailingCalls::Call;

struct Fault {
    int code;
    const char* reason;
};
constexpr Fault faults[] = {{ENOSPC, "disk-full"}, {EDQUOT, "disk-full"}, {EFBIG, "disk-full"},
                            {EROFS, "read-only"},  {EPERM, "read-only"},  {EIO, "io"}};

struct SqliteSite {
    Db db{db::Dialect::sqlite};
    LiveSite site{db};
};

}  // namespace

BOOST_FIXTURE_TEST_SUITE(failing_writes, SqliteSite, *boost::unit_test::precondition(Selected{db::Dialect::sqlite}))

BOOST_AUTO_TEST_CASE(each_is_a_status_with_a_remedy_and_the_next_write_works) {
    auto admin = site.client();
    auto english = site.client(accounts::Role::admin, "en");
    const auto before = site.articles();
    int created = 0;
    for (const auto& [code, reason] : faults) {
        BOOST_TEST_CONTEXT(reason << " " << code) {
            {
                const FailingCalls failing(Failing::write, code);
                const auto wanted = new_article("refused", 99);
                expect_problem(admin.post("/api/v1/articles", wanted), ErrorCode::storage_unavailable, reason, "nb");
                expect_problem(english.post("/api/v1/articles", wanted), ErrorCode::storage_unavailable, reason, "en");
                BOOST_TEST(admin.get("/nb/havna").status == 200);
                BOOST_TEST(admin.get("/api/v1/articles?locale=nb").status == 200);
                BOOST_TEST(admin.get("/readyz").status == 200);
            }
            const auto key = "after-" + std::to_string(++created);
            BOOST_TEST(admin.post("/api/v1/articles", new_article(key, 99)).status == 201);
            expect_log(site.log(), reason, site.token(accounts::Role::admin));
        }
    }
    BOOST_TEST(site.articles() == before + created);
    BOOST_TEST(site.check() == "");
}

BOOST_AUTO_TEST_CASE(the_studio_gives_back_what_was_typed) {
    Person editor(site, "kari", Role::editor);
    const auto path = form_path(site.about, "nb");
    auto fields = fields_of(editor.get(path).text, path);
    fields["s.title"] = "Om " + text_of_users;
    const auto before = site.translation(site.about, "nb");
    for (const std::string action : {"save", "publish"}) {
        const FailingCalls failing(Failing::write, ENOSPC);
        const auto answer = editor.send(path, fields, {}, action);
        BOOST_TEST(answer.status == 503);
        BOOST_TEST(answer.header("Retry-After") == "1");
        BOOST_TEST(has(answer, "Free some space"));
        BOOST_TEST(has(answer, "Om " + text_of_users));
    }
    const auto after = site.translation(site.about, "nb");
    BOOST_TEST(after.version.translation == before.version.translation);
    BOOST_TEST(editor.send(path, fields, {}, "save").status == 303);
    BOOST_TEST(site.translation(site.about, "nb").title == "Om " + text_of_users);
    BOOST_TEST(site.log().find(text_of_users) == std::string::npos);
}

// The disk becomes full after a translation was saved and before it is published. The clock is what each of the two
// asks. A source text is saved and published at once.
BOOST_AUTO_TEST_CASE(the_studio_says_what_was_saved_before_the_fault) {
    Person editor(site, "kari", Role::editor);
    const auto path = form_path(site.harbour, "en");
    auto fields = fields_of(editor.get(path).text, path);
    const auto title = fields["s.title"] = "Om " + text_of_users;
    const auto published = site.translation(site.harbour, "en").published;
    const auto clock = site.app.now;
    std::optional<FailingCalls> failing;
    site.app.now = [&] {
        if (!failing && site.translation(site.harbour, "en").title == title) failing.emplace(Failing::write, ENOSPC);
        return clock();
    };
    const auto answer = editor.send(path, fields, {}, "publish");
    site.app.now = clock;
    failing.reset();
    BOOST_TEST_CONTEXT(answer.text) {
        BOOST_TEST(answer.status == 503);
        BOOST_TEST(has(answer, "A part of what you sent is saved"));
        BOOST_TEST(!has(answer, "Nothing was changed"));
    }
    BOOST_TEST(site.translation(site.harbour, "en").title == title);
    BOOST_TEST(site.translation(site.harbour, "en").pending);
    BOOST_TEST(site.translation(site.harbour, "en").published == published);
    BOOST_TEST(site.log().find("disk-full") != std::string::npos);
}

BOOST_AUTO_TEST_CASE(a_site_without_its_database_says_so_in_the_readers_language) {
    site.app.database.reset();
    site.app.database = db::Database::open({.url = db.url(), .readers = 1});
    auto reader = site.client(accounts::Role::reader, "nb");
    {
        const FailingCalls failing(Failing::open, EMFILE);
        expect_page(reader.get("/nb/havna"), ErrorCode::storage_unavailable, "unreachable", "nb");
        expect_problem(reader.get("/readyz"), ErrorCode::storage_unavailable, "unreachable", "nb");
        expect_problem(reader.get("/api/v1/articles?locale=nb"), ErrorCode::storage_unavailable, "unreachable", "nb");
        BOOST_TEST(reader.get("/healthz").status == 200);
    }
    BOOST_TEST(reader.get("/nb/havna").status == 200);
    BOOST_TEST(reader.get("/readyz").status == 200);
}

BOOST_AUTO_TEST_SUITE_END()
