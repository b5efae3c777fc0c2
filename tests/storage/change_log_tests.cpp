// The log of changes is read once, in whatever order its positions become visible.
#include <atomic>
#include <boost/test/unit_test.hpp>
#include <future>
#include <set>
#include <sstream>

#include "src/storage/change_log.hpp"
#include "src/storage/revisions.hpp"
#include "tests/support/databases.hpp"
#include "tests/support/rounds.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const locale::Tag nb = locale::Tag::stored("nb");

// As every writer does, something else first.
void add(db::Transaction& t, const std::string& kind, std::int64_t article) {
    t->run("UPDATE site SET value = value WHERE name = 'version'");
    storage::add_change(t, time_of(article), {kind, ArticleId(article), nb, "test", "{}"});
}

// Without the row that writers of `add` wait for each other at.
void add_beside(db::Transaction& t, const std::string& kind, std::int64_t article) {
    t->run("INSERT INTO icu (fingerprint, seen_at) VALUES ($1, 0)", std::to_string(article));
    storage::add_change(t, time_of(article), {kind, ArticleId(article), nb, "test", "{}"});
}

class Reading {
  public:
    explicit Reading(db::Database& db) : db_(db) {}
    // The numbers of the articles of what is new; "everything" first where that is said.
    std::string operator()() {
        const auto news = db_.reading([&](db::Connection& c) { return reader_.read(c); });
        std::string text = news.everything ? "everything" : "";
        for (const auto& change : news.changes) text += " " + std::to_string(number(*change.article_id));
        return text;
    }
    storage::LogReader& reader() { return reader_; }

  private:
    db::Database& db_;
    storage::LogReader reader_;
};

void add_one(db::Database& db, std::int64_t article) {
    db.write([&](db::Transaction& t) { add_beside(t, "publish", article); });
}

// A second connection, whose transaction stays open while `body` runs.
template <class Body>
void held(Db& db, std::int64_t article, Body body) {
    const auto other = db::Database::open({.url = db.url()});
    other->write([&](db::Transaction& t) {
        add_beside(t, "publish", article);
        body();
    });
}

}  // namespace

BOOST_AUTO_TEST_SUITE(change_log)

STELE_ON_BOTH_DATABASES(each_change_is_read_once_after_everything_was_said) {
    Reading read(db);
    add_one(db, 1);
    BOOST_TEST(read() == "everything");
    // What PostgreSQL may still have had open at the beginning is said once more.
    const auto settled = read();
    BOOST_TEST((settled.empty() || settled == "everything"));
    BOOST_TEST(read() == "");
    add_one(db, 2);
    db->write([](db::Transaction& t) {
        add(t, "save", 3);
        add(t, "publish", 4);
    });
    BOOST_TEST(read() == " 2 3 4");
    BOOST_TEST(read() == "");
    read.reader().begin_anew();
    BOOST_TEST(read() == "everything");
}

STELE_ON_BOTH_DATABASES(a_change_has_its_time_kind_article_and_locale) {
    Reading read(db);
    read(), read();
    db->write([](db::Transaction& t) {
        add(t, "publish", 7);
        storage::add_change(t, time_of(8), {"locale", std::nullopt, nb, "test", "{}"});
        storage::add_change(t, time_of(9), {"delete", ArticleId(9), std::nullopt, "test", "{}"});
    });
    const auto news = db->reading([&](db::Connection& c) { return read.reader().read(c); });
    BOOST_TEST_REQUIRE(news.changes.size() == 3);
    BOOST_TEST(news.changes[0].kind == "publish");
    BOOST_TEST(micros(news.changes[0].at) == 7);
    BOOST_TEST((news.changes[0].article_id == ArticleId(7)));
    BOOST_TEST((news.changes[0].locale == nb));
    BOOST_TEST(!news.changes[1].article_id);
    BOOST_TEST(!news.changes[2].locale);
}

STELE_ON_BOTH_DATABASES(a_log_that_is_another_one_is_begun_anew) {
    Reading read(db);
    add_one(db, 1), add_one(db, 2);
    read(), read();
    // As a backup of earlier, which others have written to since.
    db->write([](db::Transaction& t) {
        t->run("DELETE FROM change WHERE article_id = 2");
        add(t, "publish", 3);
    });
    BOOST_TEST(read() == "everything");
}

STELE_ON_BOTH_DATABASES(more_than_anybody_looks_at_is_everything) {
    Reading read(db);
    read(), read();
    db->write([](db::Transaction& t) {
        add(t, "publish", 1);
        t->run(
            "INSERT INTO change (at, kind, article_id, locale, actor, detail) WITH RECURSIVE n (i) AS (SELECT 1 UNION "
            "ALL SELECT i + 1 FROM n WHERE i < 10001) SELECT 0, 'publish', i, 'nb', 'test', '{}' FROM n");
    });
    BOOST_TEST(read() == "everything");
    read();
    add_one(db, 5);
    BOOST_TEST(read() == " 5");
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(change_log_out_of_order, *boost::unit_test::precondition(Selected{db::Dialect::postgres}))

BOOST_AUTO_TEST_CASE(what_commits_after_later_positions_is_read_when_it_does) {
    Db db(db::Dialect::postgres);
    Reading read(db);
    read(), read();
    held(db, 1, [&] {
        add_one(db, 2);
        BOOST_TEST(read() == " 2");  // at once, although an earlier one is not settled
        add_one(db, 3);
        BOOST_TEST(read() == " 3");
        BOOST_TEST(read() == "");
        BOOST_TEST(read.reader().settled() == 0);
    });
    BOOST_TEST(read() == " 1");
    BOOST_TEST(read() == "");
    BOOST_TEST(read.reader().settled() == 3);
}

// One that began after every other that has ended by then: snapshots do not count it among those that run.
BOOST_AUTO_TEST_CASE(the_last_to_begin_is_waited_for_too) {
    Db db(db::Dialect::postgres);
    Reading read(db);
    read(), read();
    std::promise<void> begun, go_on;
    auto earlier = std::async(std::launch::async, [&] {
        db->write([&](db::Transaction& t) {
            t->run("UPDATE site SET value = value WHERE name = 'version'");
            begun.set_value();
            go_on.get_future().wait();
            add(t, "publish", 2);
        });
    });
    begun.get_future().wait();
    held(db, 1, [&] {
        go_on.set_value();
        earlier.get();
        BOOST_TEST(read() == " 2");
        add_one(db, 3);
        BOOST_TEST(read() == " 3");
        add_one(db, 4);
        BOOST_TEST(read() == " 4");
    });
    BOOST_TEST(read() == " 1");
    BOOST_TEST(read.reader().settled() == 4);
}

BOOST_AUTO_TEST_CASE(a_position_that_nobody_took_in_the_end_is_given_up) {
    Db db(db::Dialect::postgres);
    Reading read(db);
    read(), read();
    try {
        held(db, 1, [&] {
            add_one(db, 2);
            BOOST_TEST(read() == " 2");
            throw std::runtime_error("rolled back");
        });
    } catch (const std::runtime_error&) {
    }
    BOOST_TEST(read() == "");
    BOOST_TEST(read.reader().settled() == 2);
}

BOOST_AUTO_TEST_CASE(what_was_open_at_the_beginning_is_read_too) {
    Db db(db::Dialect::postgres);
    Reading read(db);
    add_one(db, 1);
    held(db, 2, [&] {
        add_one(db, 3);
        BOOST_TEST(read() == "everything");
        BOOST_TEST(read() == "");
    });
    BOOST_TEST(read() == "everything 2");
    BOOST_TEST(read() == "");
}

BOOST_AUTO_TEST_CASE(among_many_writers_nothing_is_lost_and_nothing_comes_twice) {
    Db db(db::Dialect::postgres);
    Reading read(db);
    read(), read();
    constexpr int writers = 6;
    const int each = usual_rounds(60);
    std::atomic<int> writing = writers;
    std::vector<std::future<void>> done;
    for (int w = 0; w < writers; ++w)
        done.push_back(std::async(std::launch::async, [&, w] {
            for (int i = 0; i < each; ++i) try {
                    db->write([&](db::Transaction& t) {
                        add_beside(t, "publish", w * each + i + 1);
                        if (i % 5 == 4) throw std::runtime_error("rolled back");
                    });
                } catch (const std::runtime_error&) {
                }
            --writing;
        }));
    std::string seen;
    for (bool last = false; !last;) {
        last = writing == 0;
        seen += read();
    }
    for (auto& writer : done) writer.get();
    std::multiset<std::int64_t> numbers;
    for (std::istringstream in(seen); in;)
        if (std::int64_t n = 0; in >> n) numbers.insert(n);
    const std::set<std::int64_t> unique(numbers.begin(), numbers.end());
    BOOST_TEST(unique.size() == size_t(writers * each * 4 / 5));
    BOOST_TEST(numbers.size() == unique.size());
    BOOST_TEST(read.reader().settled() >= std::int64_t(unique.size()));
}

BOOST_AUTO_TEST_SUITE_END()
