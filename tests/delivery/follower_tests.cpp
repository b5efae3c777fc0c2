// What is told of changes, and when.
#include <boost/test/unit_test.hpp>
#include <future>
#include <set>

#include "server/delivery/follower.hpp"
#include "src/storage/revisions.hpp"
#include "tests/support/databases.hpp"

using namespace stele;
using namespace stele::delivery;
using namespace stele::testing;
using namespace std::chrono_literals;

namespace {

db::Moment publish(db::Database& db, std::int64_t article, const std::string& kind = "publish") {
    return db.write([&](db::Transaction& t) {
        t->run("INSERT INTO icu (fingerprint, seen_at) VALUES ($1, 0)", kind + std::to_string(article));
        storage::add_change(t, time_of(1), {kind, ArticleId(article), locale::Tag::stored("nb"), "test", "{}"});
    });
}

class Told {
  public:
    void operator()(const Keys& keys) {
        const std::lock_guard lock(mutex_);
        keys_.insert(keys.begin(), keys.end());
        ++calls_;
    }
    bool has(const std::string& key) const {
        const std::lock_guard lock(mutex_);
        return keys_.count(key) > 0;
    }
    void forget() {
        const std::lock_guard lock(mutex_);
        keys_.clear();
    }
    int calls() const {
        const std::lock_guard lock(mutex_);
        return calls_;
    }

  private:
    mutable std::mutex mutex_;
    std::set<std::string> keys_;
    int calls_ = 0;
};

// Waits for it, for as long as a slow machine may take.
template <class Condition>
bool comes_true(Condition condition) {
    const auto until = std::chrono::steady_clock::now() + 20s;
    while (!condition() && std::chrono::steady_clock::now() < until) std::this_thread::yield();
    return condition();
}

}  // namespace

BOOST_AUTO_TEST_SUITE(follower)

STELE_ON_BOTH_DATABASES(everything_is_told_at_the_beginning_and_a_write_before_its_answer) {
    publish(db, 1);
    Told told;
    Follower follower(db, std::ref(told));
    BOOST_TEST(told.has("site"));
    BOOST_TEST(!told.has("article-1"));
    for (int article = 2; article < 20; ++article) {
        follower.catch_up(publish(db, article));
        BOOST_TEST(told.has("article-" + std::to_string(article)));
        BOOST_TEST(told.has("locale-nb"));
    }
}

STELE_ON_BOTH_DATABASES(a_save_of_working_text_is_read_and_not_told) {
    Told told;
    Follower follower(db, std::ref(told));
    follower.catch_up(publish(db, 1));
    const auto calls = told.calls();
    const auto before = follower.counts().changes;
    follower.catch_up(publish(db, 2, "save"));
    BOOST_TEST(follower.counts().changes == before + 1);
    BOOST_TEST(!told.has("article-2"));
    // On PostgreSQL "everything" may come once more when what was open at the beginning has ended.
    BOOST_TEST(told.calls() <= calls + (db.dialect() == db::Dialect::postgres));
}

STELE_ON_BOTH_DATABASES(what_others_write_is_told_by_itself) {
    Told told;
    Follower follower(db, std::ref(told));
    const auto other = db::Database::open({.url = db.url()});
    publish(*other, 7);
    BOOST_TEST(comes_true([&] { return told.has("article-7"); }));
}

STELE_ON_BOTH_DATABASES(those_who_write_together_share_looks_and_each_is_told) {
    Told told;
    Follower follower(db, std::ref(told));
    constexpr int writers = 24, each = 5;
    std::vector<std::future<bool>> done;
    for (int w = 0; w < writers; ++w)
        done.push_back(std::async(std::launch::async, [&, w] {
            bool all = true;
            for (int i = 0; i < each; ++i) {
                const int article = w * each + i;
                follower.catch_up(publish(db, article));
                all = all && told.has("article-" + std::to_string(article));
            }
            return all;
        }));
    for (auto& writer : done) BOOST_TEST(writer.get());
    BOOST_TEST(follower.counts().changes == std::uint64_t(writers * each));
    // A look that began after a commit does for it.
    const auto committed = publish(db, 1000);
    follower.catch_up(committed);
    const auto seen = comes_true([&] {
        const auto looks = follower.counts().looks;
        follower.catch_up(committed);
        return follower.counts().looks == looks;  // but for those that come by themselves
    });
    BOOST_TEST(seen);
}

STELE_ON_BOTH_DATABASES(where_the_log_cannot_be_read_everything_is_told_and_again_when_it_can) {
    Told told;
    std::mutex mutex;
    std::string log;
    Follower follower(db, std::ref(told), [&](std::string_view line) {
        const std::lock_guard lock(mutex);
        log += std::string(line) + "\n";
    });
    const auto logged = [&](const std::string& text) {
        const std::lock_guard lock(mutex);
        return log.find(text) != std::string::npos;
    };
    publish(db, 1);
    db->write([](db::Transaction& t) { t->run("ALTER TABLE change RENAME TO gone"); });
    BOOST_TEST(comes_true([&] { return follower.counts().failures > 0; }));
    told.forget();
    follower.catch_up(std::chrono::steady_clock::now());
    BOOST_TEST(told.has("site"));
    BOOST_TEST(logged("cannot be read"));
    BOOST_TEST(!logged("read again"));
    told.forget();
    db->write([](db::Transaction& t) { t->run("ALTER TABLE gone RENAME TO change"); });
    BOOST_TEST(comes_true([&] { return told.has("site"); }));
    follower.catch_up(publish(db, 2));
    BOOST_TEST(told.has("article-2"));
    BOOST_TEST(logged("read again"));
}

BOOST_AUTO_TEST_CASE(what_is_announced_to_other_nodes_is_what_drops_something) {
    const auto nb = locale::Tag::stored("nb");
    for (const auto* kind : {"create", "save", "import", "memory", "machine", "keep", "undo-keep", "source", "publish",
                             "unpublish", "delete", "restore", "article", "locale", "order"})
        for (const bool with_locale : {true, false}) {
            const auto tag = with_locale ? std::optional(nb) : std::nullopt;
            BOOST_TEST(
                storage::is_seen_by_readers(kind, with_locale) == !keys_of_change(kind, ArticleId(1), tag).empty(),
                kind << (with_locale ? " of a translation" : ""));
        }
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(news, *boost::unit_test::precondition(Selected{db::Dialect::postgres}))

namespace {
using Word = db::News::Word;

std::int64_t listeners(db::Database& db) {
    return db.reading([](db::Connection& c) {
        return *c.one(
            "SELECT COUNT(*) FROM pg_stat_activity WHERE query = 'LISTEN stele_change' AND datname = "
            "current_database() AND state = 'idle'",
            [](db::Row row) { return row.integer(0); });
    });
}

// It is listening when this returns.
std::unique_ptr<db::News> listening(db::Database& db) {
    auto news = db.news();
    BOOST_TEST_REQUIRE(comes_true([&] { return news->wait(1ms) == Word::none && listeners(db) == 1; }));
    return news;
}
}  // namespace

BOOST_AUTO_TEST_CASE(what_readers_see_is_told_to_other_nodes_at_its_commit_and_nothing_else) {
    Db db(db::Dialect::postgres);
    const auto news = listening(db);
    publish(db, 1, "save");
    BOOST_TEST((news->wait(0ms) == Word::none));
    publish(db, 2);
    BOOST_TEST((news->wait(20s) == Word::changed));
    BOOST_TEST((news->wait(0ms) == Word::none));
}

BOOST_AUTO_TEST_CASE(a_lost_connection_is_said_and_made_anew) {
    Db db(db::Dialect::postgres);
    const auto news = listening(db);
    db->read([](db::Connection& c) {
        c.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query = 'LISTEN stele_change'", {},
                [](db::Row) {});
    });
    BOOST_TEST((news->wait(20s) == Word::lost));
    BOOST_TEST(comes_true([&] { return news->wait(10ms) == Word::none && listeners(db) == 1; }));
    publish(db, 1);
    BOOST_TEST((news->wait(20s) == Word::changed));
}

BOOST_AUTO_TEST_CASE(who_waits_can_be_woken) {
    for (const auto dialect : {db::Dialect::sqlite, db::Dialect::postgres}) {
        if (!is_selected(dialect)) continue;
        Db db(dialect);
        const auto news = db->news();
        news->wake();
        BOOST_TEST((news->wait(1h) == Word::none));
        auto waiting = std::async(std::launch::async, [&] { return news->wait(1h); });
        news->wake();
        BOOST_TEST((waiting.get() == Word::none));
    }
}

BOOST_AUTO_TEST_SUITE_END()
