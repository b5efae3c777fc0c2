// Two servers of one database find, at their start, publications that came due and changes that nobody was told of
// while none was there.
#include "src/accounts/users.hpp"
#include "src/workflow/schedule.hpp"
#include "tests/faults/real_server.hpp"

using namespace stele;
using namespace stele::testing;
using namespace std::chrono_literals;

namespace {

const auto en = locale::Tag::stored("en");
constexpr int articles = 12;

// The editor translated it, and somebody else changed the title of the source.
void change_under(const Store& store, ArticleId id) {
    const auto nb = locale::Tag::stored("nb");
    editing::Changes changes;
    changes.title = "Forfall";
    editing::save_translation(store, id, nb, changes, {}, "edda");
    const auto seen = editing::find_translation(store, id, en).value().version;
    changes.title = "Due now";
    editing::save_translation(store, id, en, changes, editing::Expected::of(seen.translation, seen.source), "test");
}

// As an editor left it an hour ago, each to be published half an hour later.
std::vector<ArticleId> leave_work(Db& db) {
    db.reopen();
    const auto types = content::ContentTypes::built_in();
    Store store{*db, types, en, [] { return system_now() - 1h; }};
    accounts::create_user(store, {.name = "edda", .grants = {{accounts::Role::editor}}});
    std::vector<ArticleId> ids;
    for (int i = 0; i < articles; ++i) {
        editing::NewArticle article{.key = "due-" + std::to_string(i), .source_locale = en};
        article.translation.title = "Due";
        article.translation.body = "At last.\n";
        ids.push_back(editing::create_article(store, article, "edda").id);
        change_under(store, ids.back());
        workflow::set_schedule(store, ids.back(), en, {.publish_at = store.now() + 30min}, {}, "edda");
    }
    db.close();
    return ids;
}

std::int64_t count(Db& db, const std::string& from) {
    return db->reading([&](db::Connection& c) {
        return c.one("SELECT COUNT(*) FROM " + from, [](db::Row r) { return r.integer(0); }).value();
    });
}

void publish_and_tell_once(db::Dialect dialect) {
    FilledDatabase filled(dialect);
    const auto ids = leave_work(filled.db);
    {
        RealServer first(filled.db.url()), second(filled.db.url());
        test::HttpClient reader(second.port());  // a guest, who is shown what is published alone
        const auto give_up = std::chrono::steady_clock::now() + 60s;
        for (const auto id : ids)
            while (reader.get(path_of(id) + "?locale=en").status != 200)
                BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < give_up), "nobody published " << number(id));
        filled.db.reopen();
        while (count(filled.db, "notification") < articles)
            BOOST_TEST_REQUIRE((std::chrono::steady_clock::now() < give_up), "nobody told of the changed sources");
    }
    BOOST_TEST(count(filled.db, "notification WHERE kind = 'source-changed' AND times = 1") == articles);
    BOOST_TEST(count(filled.db, "schedule") == 0);
    BOOST_TEST(count(filled.db, "revision WHERE action = 'publish' AND actor = 'edda'") == articles);
    BOOST_TEST(count(filled.db, "change WHERE kind = 'schedule-failed'") == 0);
}

}  // namespace

BOOST_AUTO_TEST_SUITE(agenda)

BOOST_AUTO_TEST_CASE(two_servers_do_what_is_due_once_sqlite,
                     *boost::unit_test::precondition(Selected{db::Dialect::sqlite})) {
    publish_and_tell_once(db::Dialect::sqlite);
}

BOOST_AUTO_TEST_CASE(two_servers_do_what_is_due_once_postgres,
                     *boost::unit_test::precondition(Selected{db::Dialect::postgres})) {
    publish_and_tell_once(db::Dialect::postgres);
}

BOOST_AUTO_TEST_SUITE_END()
