// An import while somebody else takes the names that it wants. Only PostgreSQL lets two write at a time.
#include <fmt/format.h>

#include <future>
#include <thread>

#include "src/db/joined.hpp"
#include "tests/storage/exchange_site.hpp"
#include "tests/storage/waiting.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

// Somebody waits for what this transaction has written.
const std::string waits_for_us =
    "SELECT COUNT(*) FROM pg_locks WHERE NOT granted AND transactionid = CAST(pg_current_xact_id() AS xid)";

// Creates an article, and commits it when somebody has come to wait for what it is.
class Other {
  public:
    Other(ContentSite& site, const editing::NewArticle& article)
        : thread_([this, &site, article] { run(site, article); }) {
        created_.get_future().wait();
    }

  private:
    void run(ContentSite& site, const editing::NewArticle& article) {
        site.store.db.write([&](db::Transaction& t) {
            db::Joined joined(site.store.db, t);
            editing::create_article({joined, site.types, site.store.default_locale}, article, "kari");
            created_.set_value();
            wait_until(*t, waits_for_us);
        });
    }

    std::promise<void> created_;
    std::jthread thread_;  // last: it uses the promise
};

editing::NewArticle article_of(const std::string& key, const std::string& title, const std::string& slug) {
    editing::NewArticle article{.key = key, .type = "page", .source_locale = ContentSite::tag("en")};
    article.translation.title = title;
    article.translation.slug = slug;
    return article;
}

exchange::MemoryFiles three_files() {
    exchange::MemoryFiles files;
    for (const std::string name : {"harbour", "lantern", "meadow"})
        files.files[name + ".en.md"] = fmt::format("---\nsource: en\ntitle: The {}\n---\n\nOne.\n", name);
    return files;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exchange_others, *boost::unit_test::precondition(Selected{db::Dialect::postgres}))

BOOST_AUTO_TEST_CASE(a_key_that_is_taken_meanwhile_is_a_mistake_of_its_file_alone) {
    Db db(db::Dialect::postgres);
    ContentSite site(db, {"en"});
    exchange::ImportReport report;
    {
        const Other other(site, article_of("lantern", "Another", "another"));
        report = import(site.store, three_files());
    }
    BOOST_TEST(report.created == 2);
    BOOST_REQUIRE_EQUAL(report.bad.size(), 1u);
    BOOST_TEST(report.bad[0].path == "lantern.en.md");
    BOOST_REQUIRE(report.bad[0].error.has_value());
    BOOST_TEST((report.bad[0].error->code() == ErrorCode::taken));
    BOOST_TEST(editing::find_article(site.store, "harbour").has_value());
    BOOST_TEST(editing::find_article(site.store, "meadow").has_value());
    BOOST_TEST(site.check() == "");
}

BOOST_AUTO_TEST_CASE(a_slug_that_is_taken_meanwhile_gets_a_number) {
    Db db(db::Dialect::postgres);
    ContentSite site(db, {"en"});
    exchange::ImportReport report;
    {
        const Other other(site, article_of("other", "The lantern", "the-lantern"));
        report = import(site.store, three_files());
    }
    BOOST_TEST(mistakes(report) == "");
    BOOST_TEST(report.created == 3);
    const auto lantern = editing::find_article(site.store, "lantern").value();
    BOOST_TEST(site.translation(lantern.id, "en").slug == "the-lantern-2");
    BOOST_TEST(site.translation(lantern.id, "en").published);
    BOOST_TEST(site.check() == "");
}

BOOST_AUTO_TEST_SUITE_END()
