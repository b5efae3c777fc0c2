// Whole articles: what an import that stops leaves behind, and that it does not matter who reads first.
#include <fmt/format.h>

#include <boost/test/unit_test.hpp>
#include <mutex>
#include <set>

#include "src/db/joined.hpp"
#include "tests/storage/exchange_site.hpp"

using namespace stele;
using namespace stele::testing;

namespace {

const std::vector<std::string> locales{"de", "en", "nb"};

exchange::MemoryFiles many_articles(int count) {
    exchange::MemoryFiles files;
    for (int i = 0; i < count; ++i)
        for (const auto& locale : locales)
            files.files[fmt::format("a{:03}.{}.md", i, locale)] =
                fmt::format("---\n{}title: Number {} {}\n---\n\nOne {}.\n\nTwo.\n",
                            locale == "en" ? "source: en\n" : "", i, locale, i);
    return files;
}

// Each file is read for the index, and again to be imported: the second time those from `lost` on cannot be read.
class FailingFiles : public exchange::FileSource {
  public:
    FailingFiles(const exchange::MemoryFiles& files, std::string lost) : files_(files), lost_(std::move(lost)) {}
    std::vector<std::string> list() const override { return files_.list(); }
    std::optional<std::string> read(const std::string& path) const override {
        const std::lock_guard lock(mutex_);
        if (!read_.insert(path).second && path >= lost_) throw Error(ErrorCode::storage_unavailable, "io");
        return files_.read(path);
    }

  private:
    const exchange::MemoryFiles& files_;
    const std::string lost_;
    mutable std::mutex mutex_;
    mutable std::set<std::string> read_;
};

std::map<std::string, ArticleId> ids(const Store& store, int count) {
    std::map<std::string, ArticleId> found;
    for (int i = 0; i < count; ++i)
        if (const auto article = editing::find_article(store, fmt::format("a{:03}", i)))
            found.emplace(article->key, article->id);
    return found;
}

}  // namespace

BOOST_AUTO_TEST_SUITE(exchange_whole)

STELE_ON_BOTH_DATABASES(an_import_that_stops_leaves_whole_articles_and_goes_on_the_next_time) {
    constexpr int count = 60;
    ContentSite site(db, {"en"});
    const auto files = many_articles(count);
    const FailingFiles failing(files, "a040");
    BOOST_CHECK_THROW(import(site.store, failing), Error);
    const auto there = ids(site.store, count);
    BOOST_TEST(!there.empty());
    BOOST_TEST(int(there.size()) < count);
    for (const auto& [key, id] : there)
        for (const auto& locale : locales) {
            const auto t = site.translation(id, locale);
            BOOST_TEST(t.published, key << " " << locale);
            BOOST_TEST(t.segments.missing == 0);
        }
    BOOST_TEST(site.check() == "");
    const auto rest = import(site.store, files);
    BOOST_TEST(mistakes(rest) == "");
    BOOST_TEST(rest.unchanged == int(there.size() * locales.size()));
    BOOST_TEST(rest.created == int((count - there.size()) * locales.size()));
    BOOST_TEST((exported(site.store).files == files.files));
    BOOST_TEST(site.check() == "");
}

STELE_ON_BOTH_DATABASES(ids_and_slugs_follow_the_names_of_the_files) {
    constexpr int count = 50;
    auto files = many_articles(count);
    for (auto& [path, bytes] : files.files) {  // all want the same slug
        const auto at = bytes.find("title: ");
        bytes.replace(at, bytes.find('\n', at) - at, "title: The same");
    }
    std::map<std::string, ArticleId> first;
    for (int round = 0; round < 2; ++round) {
        Db fresh(db.dialect());
        ContentSite site(fresh, {"en"});
        BOOST_TEST(mistakes(import(site.store, files)) == "");
        const auto found = ids(site.store, count);
        BOOST_REQUIRE_EQUAL(found.size(), size_t(count));
        std::int64_t last = 0;
        for (const auto& [key, id] : found) {
            BOOST_TEST(number(id) == last + 1, key);
            last = number(id);
        }
        for (int i = 0; i < count; ++i) {
            const auto key = fmt::format("a{:03}", i);
            const auto slug = i == 0 ? std::string("the-same") : fmt::format("the-same-{}", i + 1);
            BOOST_TEST(site.translation(found.at(key), "nb").slug == slug, key);
        }
        if (round == 0) first = found;
        BOOST_TEST((found == first));
        BOOST_TEST(site.check() == "");
    }
}

STELE_ON_BOTH_DATABASES(a_translation_that_is_refused_leaves_the_rest_of_its_article) {
    ContentSite site(db, {"en"});
    auto files = many_articles(3);
    files.files["a001.de.md"] += "\nThree has no counterpart.\n";
    files.files["a002.nb.md"].insert(4, "slug: number-0-nb\n");  // of another article
    const auto report = import(site.store, files);
    BOOST_TEST(report.created == 7);
    BOOST_REQUIRE_EQUAL(report.bad.size(), 2u);
    BOOST_TEST(report.bad[0].path == "a001.de.md");
    BOOST_TEST(report.bad[0].line == 9);
    BOOST_TEST(report.bad[1].path == "a002.nb.md");
    BOOST_TEST(report.bad[1].line == 2);
    BOOST_TEST(site.translation(ids(site.store, 3).at("a002"), "de").published);
    BOOST_TEST(site.check() == "");
    files.files["a001.de.md"].erase(files.files["a001.de.md"].find("\nThree"));
    files.files["a002.nb.md"].replace(4, 18, "");
    const auto mended = import(site.store, files);
    BOOST_TEST(mistakes(mended) == "");
    BOOST_TEST(mended.created == 2);
    BOOST_TEST((exported(site.store).files == files.files));
}

BOOST_AUTO_TEST_SUITE_END()

BOOST_AUTO_TEST_SUITE(joined_transactions)

STELE_ON_BOTH_DATABASES(a_write_that_throws_is_undone_alone) {
    const auto add = [](db::Transaction& t, const std::string& name) {
        t->run("INSERT INTO site (name, value) VALUES ($1, 'x')", name);
    };
    int acted = 0;
    db->write([&](db::Transaction& t) {
        acted = 0;
        db::Joined joined(db, t);
        add(t, "before");
        try {
            joined.write([&](db::Transaction& part) {
                add(part, "outer");
                part.after_commit([&] { ++acted; });
                joined.write([&](db::Transaction& inner) { add(inner, "inner"); });
                throw Error(ErrorCode::conflict, "test");
            });
        } catch (const Error&) {
        }
        joined.write([&](db::Transaction& part) {
            add(part, "after");
            part.after_commit([&] { acted += 10; });
        });
    });
    BOOST_TEST(acted == 10);
    const auto names = db->reading([](db::Connection& c) {
        return c.all("SELECT name FROM site WHERE value = 'x'", [](db::Row r) { return r.text(0); });
    });
    BOOST_TEST((std::set<std::string>(names.begin(), names.end()) == std::set<std::string>{"before", "after"}));
}

STELE_ON_BOTH_DATABASES(a_failed_statement_ends_the_whole_transaction) {
    const auto all = [&](db::Transaction& t) {
        db::Joined joined(db, t);
        joined.write([](db::Transaction& part) { part->run("INSERT INTO site (name, value) VALUES ('one', 'x')"); });
        try {
            joined.write([](db::Transaction& part) { part->run("INSERT INTO nowhere (name) VALUES ('x')"); });
        } catch (const Error&) {
        }
    };
    BOOST_CHECK_THROW(db->write(all), Error);
    BOOST_TEST(db->reading([](db::Connection& c) {
                     return c.all("SELECT name FROM site WHERE value = 'x'", [](db::Row r) { return r.text(0); });
                 }).empty());
}

BOOST_AUTO_TEST_SUITE_END()
